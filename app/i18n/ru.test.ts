import { expect, test } from "vitest";
import { ru } from "./ru";
import { formatMoney } from "./format";
import { translator } from "./translator";

const t = translator("ru");
const plain = (text: string) => text.replaceAll("\u00a0", " ");

/** Every text of the catalogue with its name, plural forms one by one. */
const TEXTS = Object.entries(ru).flatMap(([area, messages]) =>
  Object.entries(messages).flatMap(([name, message]: [string, string | Record<string, string>]) =>
    typeof message === "string"
      ? [{ key: `${area}.${name}`, text: message }]
      : Object.entries(message).map(([form, text]) => ({ key: `${area}.${name}.${form}`, text })),
  ),
);

/** Names of products, formats and keys, which stay as they are. */
const SAME_EVERYWHERE =
  /\/api\/|\b(?:tiyn|Kaspi|IBAN|KZ|CSV|PDF|Excel|PNG|JPEG|WebP|HEIC|Markdown|Enter|English|application\/json|name@example\.com)\b/g;

test("no English is left over", () => {
  const latin = TEXTS.filter(({ text }) =>
    /[a-z]{2}/i.test(text.replace(/\{\w+\}/g, "").replace(SAME_EVERYWHERE, "")),
  );
  expect(latin).toEqual([]);
});

test("what has words has Russian ones", () => {
  const without = TEXTS.filter(({ text }) => !/[а-яё]/i.test(text)).map(({ text }) => text);
  // Numbers, names and signs alone.
  for (const text of without) {
    expect(text.replace(/\{\w+\}/g, "").replace(SAME_EVERYWHERE, "")).not.toMatch(/\p{L}/u);
  }
});

test("quotes are «», a dash is long, and «ё» is written", () => {
  const wrong = TEXTS.filter(({ text }) => /["“”„]| - |\.\.\./.test(text));
  expect(wrong).toEqual([]);
  // The commonest words that a keyboard without «ё» gives away.
  const lazy =
    /(?<!\p{L})(?:еще|ее|все еще|счет|платеж|отклонен|одобрен[оа]? ее|ждет|найдет|пришлет|придет)(?!\p{L})/u;
  expect(TEXTS.filter(({ text }) => lazy.test(text))).toEqual([]);
});

test("numbers take the right form of their noun", () => {
  const issues = (count: number) => plain(t("balance.awaitingIssues", { count }));
  expect([0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 111, 1000, 1001].map(issues)).toEqual([
    "0 багов",
    "1 баг",
    "2 бага",
    "4 бага",
    "5 багов",
    "11 багов",
    "12 багов",
    "21 баг",
    "22 бага",
    "25 багов",
    "111 багов",
    "1 000 багов",
    "1 001 баг",
  ]);
});

test("two numbers in one sentence are each declined", () => {
  const inbox = (count: number, of: number) =>
    plain(t("triage.inbox", { count, cycles: t("triage.inboxCycles", { count: of }) }));
  expect(inbox(1, 1)).toBe("Входящие: 1 неразобранный баг в 1 цикле");
  expect(inbox(3, 2)).toBe("Входящие: 3 неразобранных бага в 2 циклах");
  expect(inbox(21, 5)).toBe("Входящие: 21 неразобранный баг в 5 циклах");
});

test("a form for one holds for 21 as well", () => {
  // Only these say «one» and mean it: more than five screenshots or similar issues there are never.
  const meant = /^(?:issueTalk\.similar\.title|issues\.rates\.one)/;
  const saysOne = TEXTS.filter(
    ({ key, text }) => key.endsWith(".one") && !meant.test(key) && !text.includes("{count}"),
  );
  expect(saysOne).toEqual([]);
});

test("a number stays with its noun, and no line begins with a dash", () => {
  expect(t("balance.awaitingIssues", { count: 12 })).toBe("12\u00a0багов");
  expect(
    TEXTS.filter(({ text }) => /\{count\} (?=\p{L})|[^\u00a0]—(?!$)/u.test(text) && text !== "—"),
  ).toEqual([]);
});

test("sentences are whole, whoever did it", () => {
  const amount = formatMoney({ currency: "KZT", amount: 800_000 }, "ru");
  const said = { name: "Назира", date: "3 мая", amount };
  expect(plain(t("issues.history.approved", said))).toBe("Назира, 3 мая: одобрено 8 000 ₸");
  expect(
    plain(
      t("issues.standing.reversed", {
        paid: "10 мая",
        reversed: "12 мая",
        kind: t("issues.reversal.bounced"),
      }),
    ),
  ).toBe("платёж от 10 мая отменён 12 мая: перевод вернулся; снова ждёт выплаты");
});
