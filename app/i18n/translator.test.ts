import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, expectTypeOf, test } from "vitest";
import { ISSUE_STATUSES, NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { PAYOUT_METHODS, REVERSAL_KINDS } from "~/domain/payment";
import { PAYOUT_STATUSES } from "~/domain/payout-status";
import { SEVERITIES } from "~/domain/severity";
import { type Catalogue, catalogue, type English, type Key } from "./catalogue";
import { en } from "./en";
import { LOCALES } from "./locale";
import { translator } from "./translator";

const t = translator("en");

describe("t()", () => {
  test("finds a message by area and name, also when the name has dots", () => {
    expect(t("balance.title")).toBe("Balance");
    expect(t("words.severity.critical")).toBe("Critical");
    expect(t("words.status.rejected")).toBe("Not a bug");
  });

  test("fills the gaps and chooses the plural form by count", () => {
    expect(t("balance.rateOf", { accepted: "30", filed: "42" })).toBe("30/42");
    expect(t("balance.awaitingIssues", { count: 1 })).toBe("1 issue");
    expect(t("balance.awaitingIssues", { count: 12 })).toBe("12 issues");
    expect(t("balance.awaitingIssues", { count: 0 })).toBe("0 issues");
  });

  test("writes a count the way the language does", () => {
    expect(t("balance.awaitingIssues", { count: 1234 })).toBe("1,234 issues");
  });

  test("puts two counts into one sentence, each with its own plural", () => {
    const cycles = t("triage.inboxCycles", { count: 3 });
    expect(t("triage.inbox", { count: 12, cycles })).toBe(
      "Inbox: 12 untriaged issues across 3 cycles",
    );
  });

  test("takes what fills a gap as it is, braces and all", () => {
    expect(t("app.pageTitle", { title: "{count} $& <b>" })).toBe("{count} $& <b> · tiyn");
  });

  test("puts elements into a sentence with rich()", () => {
    const node = t.rich("app.pageTitle", { title: createElement("a", { href: "/x" }, "A & B") });
    expect(renderToStaticMarkup(node)).toBe('<a href="/x">A &amp; B</a> · tiyn');
  });

  test("answers in every language", () => {
    for (const locale of LOCALES) expect(translator(locale).locale).toBe(locale);
    expect(translator("ru")("balance.statement")).toBe("Выписка по выплатам");
  });
});

test("every stored value has its word", () => {
  for (const value of SEVERITIES) expect(t(`words.severity.${value}`)).not.toContain("words.");
  for (const value of ISSUE_STATUSES) expect(t(`words.status.${value}`)).not.toContain("words.");
  for (const value of PAYOUT_STATUSES) expect(t(`words.payout.${value}`)).not.toContain("words.");
  for (const value of NEGATIVE_CLOSINGS) expect(t(`words.reason.${value}`)).not.toContain("words.");
  for (const value of PAYOUT_METHODS) expect(t(`words.method.${value}`)).not.toContain("words.");
  for (const value of REVERSAL_KINDS) expect(t(`words.reversal.${value}`)).not.toContain("words.");
});

/** Never run: each line that the type check must refuse is marked, and tsc fails when it does not. */
export function refusedByTheTypeCheck() {
  // @ts-expect-error no such key
  t("balance.titel");
  // @ts-expect-error no such area
  t("purse.title");
  // @ts-expect-error parameters are missing
  t("balance.rateOf");
  // @ts-expect-error one parameter is missing
  t("balance.rateOf", { accepted: "30" });
  // @ts-expect-error a parameter too many
  t("balance.rateOf", { accepted: "30", filed: "42", drafts: "1" });
  // @ts-expect-error a parameter where there is none
  t("balance.title", { count: 1 });
  // @ts-expect-error a plural needs its count
  t("balance.awaitingIssues");
  // @ts-expect-error a count is a number
  t("balance.awaitingIssues", { count: "12" });
  // @ts-expect-error all else is text: a number would be written 1,234
  t("app.error.label", { status: 404 });
  // @ts-expect-error an element needs rich()
  t("app.pageTitle", { title: createElement("a") });
}

/** English with Russian plural forms: what a complete catalogue looks like to the type check. */
type LikeRussian = {
  readonly [A in keyof English]: {
    readonly [Name in keyof English[A]]: English[A][Name] extends { other: infer Text }
      ? { readonly one: Text; readonly few: Text; readonly many: Text }
      : English[A][Name];
  };
};

/** Likewise never run, for the languages to come. */
export function refusedCatalogues(ru: LikeRussian) {
  const { triage: _, ...withoutTriage } = ru;
  catalogue("ru", ru);
  // @ts-expect-error Russian has a third plural form
  catalogue("ru", { ...ru, balance: { ...ru.balance, awaitingIssues: en.balance.awaitingIssues } });
  // @ts-expect-error the parameter is called accepted
  catalogue("ru", { ...ru, balance: { ...ru.balance, rateOf: "{done}/{filed}" } });
  // @ts-expect-error a parameter is missing
  catalogue("ru", { ...ru, balance: { ...ru.balance, rateOf: "{filed}" } });
  // @ts-expect-error no such message in English
  catalogue("ru", { ...ru, balance: { ...ru.balance, surplus: "!" } });
  // @ts-expect-error an area is missing
  catalogue("ru", withoutTriage);
}

test("English satisfies the type that other languages must", () => {
  expectTypeOf(en).toExtend<Catalogue<"en">>();
  expectTypeOf<"balance.title">().toExtend<Key>();
});
