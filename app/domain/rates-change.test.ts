import { expect, test } from "vitest";
import { ratesChange } from "./rates-change";

const PENDING = [
  { severity: "high", issues: 10 },
  { severity: "low", issues: 2 },
] as const;

test("other rates move what is suggested for the pending issues", () => {
  expect(ratesChange({}, { high: 1_000_000 }, PENDING)).toEqual({
    pending: 12,
    before: { total: [{ currency: "KZT", amount: 8_200_000 }], unrated: 0 },
    after: { total: [{ currency: "KZT", amount: 10_200_000 }], unrated: 0 },
  });
});

test("another currency is another sum; a missing rate suggests nothing", () => {
  const { after } = ratesChange({}, { currency: "USD", high: 2_500 }, PENDING);
  expect(after).toEqual({ total: [{ currency: "USD", amount: 25_000 }], unrated: 2 });
  expect(ratesChange({}, {}, []).before).toEqual({ total: [], unrated: 0 });
});
