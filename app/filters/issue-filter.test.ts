import { describe, expect, test } from "vitest";
import { issuesPath } from "~/http/paths";
import {
  activeFilters,
  type IssueFilter,
  issueFilterQuery,
  NO_FILTER,
  readIssueFilter,
  withoutFilter,
} from "./issue-filter";

const read = (search: string) => readIssueFilter(new URLSearchParams(search));

const FULL: IssueFilter = {
  q: "safari & 50% off",
  cycle: 3,
  severity: "critical",
  status: "in_progress",
  payoutStatus: "approved",
  tester: 7,
  from: "2026-05-01",
  to: "2026-05-31",
};

describe("the filter of the issue list", () => {
  test("comes back from the URL as it was", () => {
    const url = issuesPath(issueFilterQuery(FULL));
    expect(read(url.slice(url.indexOf("?")))).toEqual(FULL);
  });

  test("leaves defaults out of the URL", () => {
    expect(issuesPath(issueFilterQuery(NO_FILTER))).toBe("/app/issues");
    expect(issuesPath(issueFilterQuery({ ...NO_FILTER, severity: "low" }))).toBe(
      "/app/issues?severity=low",
    );
  });

  test.each([
    "severity=huge",
    "severity=LOW",
    "status=deleted",
    "payoutStatus=owed",
    "cycle=0",
    "cycle=-1",
    "cycle=1e3",
    "cycle=99999999999",
    "cycle=1%3BDROP",
    "tester=abc",
    "from=2026-02-30",
    "from=yesterday",
    "to=",
    "q=",
    "q=%20%09",
    "q=%00",
    "page=-1&sort=id;drop",
    "constructor=1&__proto__=2",
  ])("%s falls to the defaults", (search) => expect(read(search)).toEqual(NO_FILTER));

  test("takes a date as people write it", () =>
    expect(read("from=10.05.2026&to=2026-05-11")).toMatchObject({
      from: "2026-05-10",
      to: "2026-05-11",
    }));

  test("a search holds no control characters, and is not endless", () => {
    expect(read("q=%20a%00b%0Ac%20").q).toBe("a b c");
    expect(read(`q=${"ы".repeat(500)}`).q).toBe("ы".repeat(200));
    expect(read(`q=${encodeURIComponent("😀".repeat(300))}`).q).toBe("😀".repeat(200));
  });

  test("knows which filters are active, and goes on without one of them", () => {
    const filter = read("q=safari&payoutStatus=paid&tester=7");
    expect(activeFilters(filter)).toEqual(["q", "payoutStatus", "tester"]);
    expect(withoutFilter(filter, "payoutStatus")).toEqual({ ...filter, payoutStatus: null });
    expect(activeFilters(NO_FILTER)).toEqual([]);
  });
});
