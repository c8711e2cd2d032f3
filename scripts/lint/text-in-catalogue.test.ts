import { ESLint, Linter } from "eslint";
import { expect, test } from "vitest";

const RULE = "tiyn/text-in-catalogue";

/** What the project's own ESLint settings say of such a file; only this rule is looked at. */
async function complaints(code: string, file = "app/components/Planted.tsx"): Promise<string[]> {
  const settings = (await new ESLint().calculateConfigForFile(file)) as Linter.Config | undefined;
  if (!settings?.plugins?.tiyn || !settings.rules?.[RULE]) return [];
  const messages = new Linter().verify(
    code,
    {
      files: ["**/*.tsx", "**/*.ts"],
      plugins: { tiyn: settings.plugins.tiyn },
      rules: { [RULE]: settings.rules[RULE] },
      languageOptions: {
        parser: settings.languageOptions?.parser,
        parserOptions: { ecmaFeatures: { jsx: true } },
      },
    },
    file,
  );
  return messages.map(({ message }) => /“(.*)”/.exec(message)?.[1] ?? message);
}

test("finds text planted in a page, wherever it hides", async () => {
  expect(await complaints("const a = <p>Pay now</p>;")).toEqual(["Pay now"]);
  expect(await complaints('const a = <p>{"Pay"}</p>;')).toEqual(["Pay"]);
  expect(await complaints('const a = <p>{ok ? "Paid" : null}</p>;')).toEqual(["Paid"]);
  expect(await complaints("const a = <p>{`Paid ${sum}`}</p>;")).toEqual(["Paid"]);
  expect(await complaints('const a = <p>{ok && "Выплачено"}</p>;')).toEqual(["Выплачено"]);
  for (const name of ["aria-label", "title", "placeholder", "alt", "label", "hint"]) {
    expect(await complaints(`const a = <Field ${name}="Amount" />;`)).toEqual(["Amount"]);
    expect(await complaints(`const a = <Field ${name}={ok ? "Amount" : "x"} />;`)).toEqual([
      "Amount",
    ]);
  }
});

test("finds a sentence outside of JSX, in whatever answers people", async () => {
  const flash = 'redirectWithFlash(url, { tone: "success", text: "Payment recorded." });';
  for (const file of ["app/http/x.server.ts", "app/forms/x.ts", "app/routes/x.tsx"])
    expect(await complaints(flash, file)).toEqual(["Payment recorded."]);
  expect(await complaints('throw new Response("Not found here", { status: 404 });')).toEqual([
    "Not found here",
  ]);
  expect(await complaints('z.string().min(1, "Write the amount");', "app/forms/x.ts")).toEqual([
    "Write the amount",
  ]);
});

test("leaves alone what nobody reads, or what is no word of a language", async () => {
  const harmless = [
    'const a = <p className="meta row">{t("balance.title")} · 12 ×</p>;',
    "const a = <time dateTime={`${day}T00:00`}>{day}</time>;",
    'const a = <PostForm intent="approve" method="post"><b>{a === "paid" ? x : y}</b></PostForm>;',
    'throw new Error("Nobody sees this sentence.");',
    'type A = "Not a bug";',
  ];
  for (const code of harmless) expect(await complaints(code)).toEqual([]);
});

test("is not asked of tests, of the database, or of what programs are told", async () => {
  const planted = "const a = <p>Pay now</p>;";
  for (const file of ["app/components/x.test.tsx", "app/models/x.server.ts", "app/i18n/en/x.ts"])
    expect(await complaints(planted, file)).toEqual([]);
});
