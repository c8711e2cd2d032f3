import { describe, expect, test } from "vitest";
import { withQuery } from "~/http/paths";
import { type IssueOrder, issueOrderQuery, readIssueOrder } from "./issue-order";
import { newerThan, olderThan, readIssuePage } from "./issue-place";

const read = (search: string, order: IssueOrder = "newest") =>
  readIssuePage(new URLSearchParams(search), order);
const searchOf = (query: Parameters<typeof withQuery>[1]) => withQuery("", query);

describe("a page of the issue list in its URL", () => {
  test.each([
    { filedAt: new Date("2026-05-10T12:00:00.123Z"), id: 42 },
    { filedAt: null, id: 7 },
  ])("comes back as it was: %j", (place) => {
    expect(read(searchOf(olderThan(place)))).toEqual({ direction: "older", place });
    expect(read(searchOf(newerThan(place)))).toEqual({ direction: "newer", place });
  });

  test.each([
    ["severity", { filedAt: new Date(1_000), id: 42, lead: "high" }],
    ["severity", { filedAt: null, id: 42 }],
    ["amount", { filedAt: new Date(1_000), id: 42, lead: 1_099_511_627_776 }],
    ["amount", { filedAt: new Date(0), id: 1, lead: 0 }],
  ] as const)("of the order %s as well: %j", (order, place) => {
    expect(read(searchOf(olderThan(place)), order)).toEqual({ direction: "older", place });
    // A place in another order is none.
    if (place.filedAt) expect(read(searchOf(olderThan(place)))).toBeNull();
  });

  test("an unknown order is the default one", () => {
    for (const sort of ["", "?sort=id;drop", "?sort=NEWEST", "?sort=newest"])
      expect(readIssueOrder(new URLSearchParams(sort))).toBe("newest");
    expect(readIssueOrder(new URLSearchParams("?sort=amount"))).toBe("amount");
    expect(issueOrderQuery("newest")).toEqual({ sort: null });
  });

  test.each(["before=high-1000-1", "before=-5-1000-1", "before=worst-1000-1", "before=1000-1"])(
    "%j is no place among amounts or severities",
    (search) => {
      expect(search.includes("high") ? null : read(search, "severity")).toBeNull();
      expect(read(search, "amount")).toBeNull();
    },
  );

  test.each(["", "before=", "before=-1", "before=draft-0", "after=draft-9999999999", "page=-1"])(
    "%j is the first page",
    (search) => expect(read(search)).toBeNull(),
  );
});
