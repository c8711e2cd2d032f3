import { describe, expect, test } from "vitest";
import { translator } from "~/i18n/translator";
import { detailText } from "./detail-text";

const en = translator("en");
const ru = translator("ru");
const kk = translator("kk");

describe("what an entry of the audit is about", () => {
  test.each([
    ["audit", "audit", "журнал", "аудит"],
    ["issues", "issues", "баги", "багтар"],
    ["payments", "payments", "платежи", "төлемдер"],
    ["own payments", "own payments", "свои платежи", "өз төлемдері"],
    ["transfers", "transfers of a batch", "переводы пакета", "топтама аударымдары"],
  ])("an export of %s, in each language", (file, ...words) => {
    const line = { what: "exported", detail: { file, person: 3 } } as const;
    expect([en, ru, kk].map((t) => detailText(line, t))).toEqual(words);
  });

  test("a change, with the reader's words on both sides", () => {
    const role = { what: "role_changed", detail: { from: "tester", to: "admin" } } as const;
    expect(detailText(role, ru)).toBe("Тестировщик → Администратор");
    const severity = { what: "severity_changed", detail: { from: "low", to: "high" } } as const;
    expect(detailText(severity, en)).toBe("Low → High");
    const cycle = { what: "cycle_status_changed", detail: { from: "open", to: "closed" } } as const;
    expect(detailText(cycle, en)).toBe("Open → Closed");
  });

  test("how a view ended, and the role of a new person", () => {
    expect(detailText({ what: "view_stopped", detail: { ended: "expired" } }, ru)).toBe(
      "вышло время",
    );
    expect(detailText({ what: "user_created", detail: { role: "tester" } }, ru)).toBe(
      "Тестировщик",
    );
  });

  test("what people named stays as they named it, and what has no word as it is stored", () => {
    const renamed = { what: "cycle_renamed", detail: { cycle: 1, from: "open", to: "low" } };
    expect(detailText({ ...renamed, what: "cycle_renamed" }, ru)).toBe("open → low");
    expect(detailText({ what: "exported", detail: { file: "horses" } }, ru)).toBe("horses");
    expect(detailText({ what: "signed_in", detail: { sessionId: 1 } }, ru)).toBeNull();
    expect(detailText({ what: "signed_in", detail: null }, ru)).toBeNull();
  });
});
