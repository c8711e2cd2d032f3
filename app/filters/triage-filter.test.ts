import { describe, expect, test } from "vitest";
import { parseInboxPlace, parseTriageFilter, type TriageFilter, triageHref } from "./triage-filter";

const NOTHING: TriageFilter = {
  cycleId: null,
  severity: null,
  q: null,
  issueId: null,
  after: null,
};
const EVERYTHING: TriageFilter = {
  cycleId: 3,
  severity: "high",
  q: "100% & more",
  issueId: 12,
  after: { severity: "critical", filedAt: new Date("2026-05-10T12:00:00.123Z"), id: 2_147_483_647 },
};

const parse = (search: string) => parseTriageFilter(new URLSearchParams(search));

describe("the filter of Triage", () => {
  test("comes back from its URL as it was", () => {
    for (const filter of [NOTHING, EVERYTHING])
      expect(parse(new URL(triageHref(filter), "http://x").search)).toEqual(filter);
  });

  test("leaves what is not chosen out of the URL", () => {
    expect(triageHref(NOTHING)).toBe("/app/admin/triage");
    expect(triageHref({ severity: "low" })).toBe("/app/admin/triage?severity=low");
  });

  test.each([
    "cycle=0",
    "cycle=-1",
    "cycle=1.5",
    "cycle=1e3",
    "cycle=2147483648",
    "cycle=99999999999999999999",
    "cycle=1;DROP",
    "severity=huge",
    "severity=HIGH",
    "severity=constructor",
    "issue=",
    "issue=%20 7",
    "issue=१",
    "issue=x",
    "after=high",
    "after=high.1.0",
    "after=high.1.2.3",
    "after=huge.1.2",
    "after=high.-1.2",
    "after=high.99999999999999.2",
    "page=3&sort=id;drop",
  ])("%j counts as not given", (search) => expect(parse(search)).toEqual(NOTHING));

  test("takes the first of several values, and the rest of a URL that is half right", () => {
    expect(parse("severity=low&severity=high&cycle=x&issue=7")).toEqual({
      ...NOTHING,
      severity: "low",
      issueId: 7,
    });
  });

  test("a place is a severity, a time and an issue", () => {
    expect(parseInboxPlace("low.0.1")).toEqual({ severity: "low", filedAt: new Date(0), id: 1 });
    expect(parseInboxPlace(null)).toBeNull();
  });
});
