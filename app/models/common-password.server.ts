import { PASSWORD_MIN, passwordLength } from "~/domain/password";

export type PasswordWeakness = "common" | "personal";

type Owner = { readonly name: string; readonly email: string };

let common: Promise<ReadonlySet<string>> | undefined;

// Of the list's 49,000 only those that are long enough could be chosen here: 1,557. Read when the first password is set.
async function readCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  const listed = dictionary["passwords-common"].filter(
    (word) => passwordLength(word) >= PASSWORD_MIN,
  );
  return new Set(listed.map((word) => word.toLowerCase()));
}

/** Why a password of the right length would be guessed all the same, or null. */
export async function passwordWeakness(
  password: string,
  owner: Owner,
): Promise<PasswordWeakness | null> {
  const typed = password.normalize("NFC").toLowerCase().trim();
  const { name, email } = owner;
  const [mailbox = ""] = email.split("@", 1);
  const personal = [name, email, mailbox].map((word) => word.toLowerCase());
  if (
    personal.some(
      (word) => word !== "" && typed.includes(word) && typed.replaceAll(word, "").length < 4,
    )
  )
    return "personal";
  // One character over and over, or a row of digits, is on no list in every length.
  if (new Set(typed).size < 4 || /^(0?1234567890?)+$/.test(typed)) return "common";
  common ??= readCommon();
  return (await common).has(typed) ? "common" : null;
}
