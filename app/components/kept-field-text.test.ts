import { describe, expect, test } from "vitest";
import { formatMoney } from "~/i18n/format";
import type { Locale } from "~/i18n/locale";
import { translator } from "~/i18n/translator";
import { keptFieldText } from "./kept-field-text";

function shown(locale: Locale, ...fields: [name: string, value: string][]) {
  const money = (sum: Parameters<typeof formatMoney>[0]) => formatMoney(sum, locale);
  return fields.flatMap((field) => {
    const text = keptFieldText(field, translator(locale), money);
    return text ? [`${text.label}: ${text.value}`.replaceAll("\u00a0", " ")] : [];
  });
}

describe("what had been posted too late is shown in the reader's words", () => {
  test("a report, in each language", () => {
    const report: [string, string][] = [
      ["cycleId", "3"],
      ["severity", "low"],
      ["title", "low"],
      ["body", "It **fails**"],
    ];
    expect(shown("en", ...report)).toEqual([
      "Severity: Low",
      "Title: low",
      "Description: It **fails**",
    ]);
    expect(shown("ru", ...report)).toEqual([
      "Серьёзность: Низкая",
      "Название: low",
      "Описание: It **fails**",
    ]);
    expect(shown("kk", ...report)[0]).toBe("Ауырлығы: Төмен");
  });

  test("a decision and a comment", () => {
    expect(shown("en", ["reason", "wont_fix"], ["note", "known"], ["duplicateOf", "12"])).toEqual([
      "Reason: Won’t fix",
      "Note: known",
      "Number of the original: #12",
    ]);
    expect(shown("ru", ["comment", "Да"], ["to", "fixed"])).toEqual([
      "Ваш комментарий: Да",
      "Новый статус: Исправлен",
    ]);
    expect(shown("en", ["reason", "He asked me to"])).toEqual(["Reason: He asked me to"]);
  });

  test("ticked rows of the queues, and how they were sent", () => {
    expect(shown("en", ["choice", "12:800000"], ["pick", "7:3:KZT:800000"])).toEqual([
      "Issue: #12",
      "Issue: #7",
    ]);
    expect(shown("en", ["line", "4:KZT:2:1500000"], ["total", "USD:5000"])).toEqual(
      [
        `Amount: ${formatMoney({ currency: "KZT", amount: 1_500_000 }, "en")}`,
        `Amount: ${formatMoney({ currency: "USD", amount: 5_000 }, "en")}`,
      ].map((line) => line.replaceAll("\u00a0", " ")),
    );
    expect(shown("en", ["method-12", "bank"], ["amountText-7:3:KZT:800000", "8000"])).toEqual([
      "Method: Bank transfer",
      "Amount #7: 8000",
    ]);
  });

  test("keys, ids and what the page had shown are not", () => {
    const unseen = ["csrf", "key", "intent", "version", "seen", "next", "issueId", "testerId"];
    const hidden = ["from", "asOf", "count", "expected", "expectedAmount", "shownAt", "confirmed"];
    const fields = [...unseen, ...hidden].map((name): [string, string] => [name, "1"]);
    expect(shown("en", ...fields, ["note", "  "])).toEqual([]);
  });

  test("a field or a value that is not known stays as it came", () => {
    expect(shown("ru", ["horse", "low"], ["toString", "x"], ["severity", "awful"])).toEqual([
      "horse: low",
      "toString: x",
      "Серьёзность: awful",
    ]);
  });
});
