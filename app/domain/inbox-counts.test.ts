import { expect, test } from "vitest";
import { countIn, type InboxCount, inboxCycles } from "./inbox-counts";

const COUNTS: readonly InboxCount[] = [
  { cycleId: 7, cycleName: "Akashi", severity: "high", issues: 2 },
  { cycleId: 7, cycleName: "Akashi", severity: "low", issues: 1 },
  { cycleId: 3, cycleName: "Dala", severity: "high", issues: 4 },
];

test("counts what any filter leaves", () => {
  expect(countIn(COUNTS, { cycleId: null, severity: null })).toBe(7);
  expect(countIn(COUNTS, { cycleId: 7, severity: null })).toBe(3);
  expect(countIn(COUNTS, { cycleId: null, severity: "high" })).toBe(6);
  expect(countIn(COUNTS, { cycleId: 3, severity: "low" })).toBe(0);
  expect(countIn([], { cycleId: 3, severity: "low" })).toBe(0);
});

test("lists each cycle once, in the order it came", () => {
  expect(inboxCycles(COUNTS)).toEqual([
    { id: 7, name: "Akashi", issues: 3 },
    { id: 3, name: "Dala", issues: 4 },
  ]);
  expect(inboxCycles(COUNTS, "low")).toEqual([
    { id: 7, name: "Akashi", issues: 1 },
    { id: 3, name: "Dala", issues: 0 },
  ]);
});
