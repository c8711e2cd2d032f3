import { expect, it } from "vitest";
import {
  isIssueStatus,
  isNegativeClosing,
  ISSUE_STATUSES,
  legalStatusChange,
  NEGATIVE_CLOSINGS,
} from "./issue-status";

it("lets a tester submit a draft and change nothing else", () => {
  const legal = ISSUE_STATUSES.flatMap((from) =>
    ISSUE_STATUSES.filter((to) => legalStatusChange(from, to, "tester")).map((to) => [from, to]),
  );
  expect(legal).toEqual([["draft", "open"]]);
});

it("lets an admin change freely among all but drafts", () => {
  for (const from of ISSUE_STATUSES) {
    for (const to of ISSUE_STATUSES) {
      const amongTheOthers = from !== "draft" && to !== "draft" && from !== to;
      expect(legalStatusChange(from, to, "admin")).toBe(amongTheOthers);
    }
  }
});

it("has four negative closings, in the order of the keys 1 to 4", () => {
  expect(NEGATIVE_CLOSINGS).toEqual(["duplicate", "cant_reproduce", "wont_fix", "rejected"]);
  expect(ISSUE_STATUSES.filter(isNegativeClosing)).toEqual(NEGATIVE_CLOSINGS);
  expect(isNegativeClosing("closed")).toBe(false);
});

it("knows its words and nothing else", () => {
  expect(ISSUE_STATUSES.every(isIssueStatus)).toBe(true);
  expect(["Open", "paid", "", null].some(isIssueStatus)).toBe(false);
});
