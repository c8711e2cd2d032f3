import { describe, expect, test } from "vitest";
import { en } from "./en";
import { kk } from "./kk";
import { translator } from "./translator";

const t = translator("kk");

type Entry = { key: string; text: string; english: string };

/** Every form of every message next to the English one: "triage.inbox.other". */
const entries: Entry[] = [...flat(kk, en)];

type Texts = { readonly [name: string]: string | Texts };

function* flat(node: Texts, source: Texts, path = ""): Generator<Entry> {
  for (const [name, text] of Object.entries(node)) {
    const english = source[name];
    const key = path ? `${path}.${name}` : name;
    if (typeof text === "object" && typeof english === "object") yield* flat(text, english, key);
    if (typeof text === "string" && typeof english === "string") yield { key, text, english };
  }
}

/** The messages in which something was found, with what was found: an empty list passes. */
function found(look: (entry: Entry) => readonly string[] | null): string[] {
  return entries.flatMap((entry) => {
    const what = look(entry) ?? [];
    return what.length > 0 ? [`${entry.key}: ${what.join(", ")}`] : [];
  });
}

const withoutGaps = (text: string) => text.replace(/\{\w+\}/g, " ");

/** Names, formats and what is typed as it stands: the same in every language. */
const LATIN = new Set(
  `tiyn Kaspi IBAN KZ CSV PDF Excel Markdown PNG JPEG WebP HEIC iPhone Enter e api application json
  name example com English Settings Camera Formats Most Compatible`.split(/\s+/),
);

describe("the texts", () => {
  test("are all looked at", () => {
    expect(entries.length).toBeGreaterThan(1000);
    expect(new Set(entries.map(({ key }) => key.split(".")[0]))).toEqual(new Set(Object.keys(en)));
  });

  test("hold no English, but for names and formats", () => {
    expect(
      found(({ text }) =>
        (withoutGaps(text).match(/[A-Za-z]+/g) ?? []).filter((word) => !LATIN.has(word)),
      ),
    ).toEqual([]);
  });

  test("hold no word of both alphabets: Latin i is not Cyrillic і", () => {
    expect(
      found(({ text }) =>
        text.match(/\p{L}*(?:[A-Za-z]\p{Script=Cyrillic}|\p{Script=Cyrillic}[A-Za-z])\p{L}*/gu),
      ),
    ).toEqual([]);
  });

  test("are written with the letters of Kazakh", () => {
    const all = entries.map(({ text }) => text.toLowerCase()).join(" ");
    // The ninth, һ, is in none of the words we need.
    for (const letter of "әғқңөұүі") expect(all).toContain(letter);
  });

  test("end as the English ones do", () => {
    const end = (text: string) => /[.…?:!→\n]$/.exec(text)?.[0] ?? "";
    expect(found(({ text, english }) => (end(text) === end(english) ? null : [text]))).toEqual([]);
  });

  test("quote with «» and leave no space at either end", () => {
    expect(found(({ text }) => text.match(/["“”„’']|^ | $| {2}/g))).toEqual([]);
  });

  test("glue no ending to what fills a gap, only whole nouns", () => {
    const noun = /^-(?:скриншот|топтама|түсініктеме)/;
    expect(
      found(({ text }) => (text.match(/(?<=\})-?\p{L}+/gu) ?? []).filter((end) => !noun.test(end))),
    ).toEqual([]);
  });
});

/** With every space an ordinary one: typeset() makes those after numbers unbreakable. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("numbers", () => {
  test("leave the noun in the singular", () => {
    const issues = (count: number) => plain(t("balance.awaitingIssues", { count }));
    expect([0, 1, 2, 5, 11, 21].map(issues)).toEqual([
      "0 баг",
      "1 баг",
      "2 баг",
      "5 баг",
      "11 баг",
      "21 баг",
    ]);
    expect(issues(1000)).toBe("1 000 баг");
  });

  test("choose between the forms where more than the noun differs", () => {
    expect(t("issueTalk.similar.title", { count: 1 })).toBe("Осыған ұқсас баг тіркегенсіз");
    expect(t("issueTalk.similar.title", { count: 2 })).toBe("Осыған ұқсас багтар тіркегенсіз");
  });

  test("stand in one sentence, two at a time", () => {
    const cycles = t("triage.inboxCycles", { count: 3 });
    expect(plain(t("triage.inbox", { count: 12, cycles }))).toBe(
      "Кіріс жәшігі: 3 цикл бойынша сұрыпталмаған 12 баг",
    );
  });
});
