import { expect, it } from "vitest";
import { bySeverityDescending, isSeverity, SEVERITIES } from "./severity";

it("sorts the most severe first", () => {
  expect((["low", "critical", "medium", "high"] as const).toSorted(bySeverityDescending)).toEqual(
    SEVERITIES,
  );
});

it("knows its words and nothing else", () => {
  expect(SEVERITIES.every(isSeverity)).toBe(true);
  expect(["Critical", "blocker", "", "length", undefined].some(isSeverity)).toBe(false);
});
