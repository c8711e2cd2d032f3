import type { AppLoadContext } from "@remix-run/node";
import { Authenticator } from "remix-auth";
import { FormStrategy } from "remix-auth-form";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { signInForm } from "~/forms/sign-in";
import type { T } from "~/i18n/translator";
import { verifyCredentials } from "~/models/sign-in.server";
import type { Account } from "~/models/user.server";
import { translatorOf } from "./translator.server";

export type SignInAnswer = {
  status: 401 | 422 | 429;
  errors: FieldErrors;
  values: FieldValues;
  retryAfterSeconds?: number;
};

/** What the sign-in page says, and the status it says it with. */
export class SignInRefused extends Error {
  constructor(readonly answer: SignInAnswer) {
    super("The sign-in was refused.");
    this.name = "SignInRefused";
  }
}

/** One per request, because the throttle counts by the address that the load context knows. */
export function authenticatorFor(context: AppLoadContext): Authenticator<Account> {
  return new Authenticator<Account>().use(
    new FormStrategy(async ({ form, request }) => {
      const t = await translatorOf(request, context);
      const parsed = parseForm(signInForm, form, t);
      if (!parsed.ok) throw new SignInRefused({ status: 422, ...parsed });
      const { email, password } = parsed.value;
      const verdict = await verifyCredentials({ email, address: context.clientAddress }, password);
      if (verdict.kind === "right") return verdict.account;
      throw new SignInRefused({ ...refusal(verdict, t), values: { email } });
    }),
    "password",
  );
}

function refusal(
  verdict: { kind: "wrong" } | { kind: "throttled"; retryAfterSeconds: number },
  t: T,
): Omit<SignInAnswer, "values"> {
  if (verdict.kind === "wrong") return { status: 401, errors: { form: t("signIn.wrong") } };
  const { retryAfterSeconds } = verdict;
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return {
    status: 429,
    errors: { form: t("signIn.throttled", { count: minutes }) },
    retryAfterSeconds,
  };
}
