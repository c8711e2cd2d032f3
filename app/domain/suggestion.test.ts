import { expect, test } from "vitest";
import {
  asksAgain,
  costMicroUsd,
  costShown,
  mostTokens,
  MOST_TRIES,
  pauseBeforeTry,
} from "./suggestion";

test("what passes by itself is asked again, a few times", () => {
  expect(asksAgain("rate_limited", 1)).toBe(true);
  expect(asksAgain("timeout", MOST_TRIES)).toBe(false);
  for (const final of [
    "answered",
    "refused",
    "nonsense",
    "empty",
    "cut_off",
    "misconfigured",
  ] as const)
    expect(asksAgain(final, 1)).toBe(false);
});

test("each pause is longer than the one before, unless the service says how long", () => {
  const pauses = [1, 2, 3, 4, 5].map((tries) => pauseBeforeTry(tries, null, 0));
  expect(pauses).toEqual([15_000, 60_000, 240_000, 960_000, 3_600_000]);
  expect(pauseBeforeTry(1, 90_000, 0)).toBe(90_000);
  expect(pauseBeforeTry(1, 90_000, 1)).toBe(112_500);
  expect(pauseBeforeTry(1, 86_400_000, 0)).toBe(3_600_000);
});

test("a reservation holds for the letters of Kazakh", () => {
  expect(mostTokens(new TextEncoder().encode("Төлем өтпейді").length)).toBeGreaterThan(10);
});

test("costs are whole micro-dollars, where the price is known", () => {
  expect(costMicroUsd("claude-haiku-5-5", 2_001, 401)).toBe(401);
  expect(costMicroUsd("claude-sonnet-5-5", 1_000, 100)).toBe(3_000);
  expect(costMicroUsd("somebody-else", 1_000, 100)).toBeNull();
});

test("a cost is shown in cents, and never as nothing", () => {
  expect(costShown(1)).toEqual({ currency: "USD", amount: 1 });
  expect(costShown(10_000)).toEqual({ currency: "USD", amount: 1 });
  expect(costShown(1_234_567)).toEqual({ currency: "USD", amount: 124 });
});
