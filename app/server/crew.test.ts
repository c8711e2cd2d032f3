import { expect, test } from "vitest";
import { pauseBeforeReplacing } from "./crew";

test("a process that lived long is replaced at once, one after the other that dies soon ever more slowly", () => {
  expect([0, 1, 2, 3, 4].map(pauseBeforeReplacing)).toEqual([0, 250, 500, 1_000, 2_000]);
  expect(pauseBeforeReplacing(1_000)).toBe(30_000);
});
