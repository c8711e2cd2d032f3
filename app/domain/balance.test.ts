import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptanceRate, balanceFrom, type BalanceInput, wholePercent } from "./balance";
import { CURRENCIES, sumByCurrency } from "./money";
import { SEVERITIES } from "./severity";

const kzt = (amount: number) => ({ currency: "KZT", amount }) as const;
const usd = (amount: number) => ({ currency: "USD", amount }) as const;
const cycle = (id: number, name: string, issues: number, approved: number, paid: number) => ({
  id,
  name,
  payoutRates: {},
  issues,
  approved,
  paid,
});
const nothing: BalanceInput = { cycles: [], payments: [], approved: [], awaiting: [] };

describe("balanceFrom", () => {
  it("gives Aibek exactly the figures of DESIGN 4", () => {
    const balance = balanceFrom({
      cycles: [
        cycle(1, "Hackorda Onboarding", 18, 12, 8),
        cycle(2, "Akashi Cloud", 12, 9, 9),
        cycle(3, "A third", 12, 9, 0),
      ],
      payments: [
        { cycleId: 1, money: kzt(7_500_000) },
        { cycleId: 2, money: kzt(4_500_000) },
      ],
      approved: [kzt(4_500_000)],
      awaiting: [
        { cycleId: 1, severity: "medium", issues: 6 },
        { cycleId: 2, severity: "medium", issues: 3 },
        { cycleId: 3, severity: "low", issues: 3 },
      ],
    });
    expect(balance).toEqual({
      totals: [{ currency: "KZT", paid: 12_000_000, pending: 4_500_000, awaiting: 3_000_000 }],
      issues: { filed: 42, accepted: 30, awaiting: 12 },
      acceptanceRate: 30 / 42,
      cycles: [
        {
          id: 1,
          name: "Hackorda Onboarding",
          issues: 18,
          approved: 12,
          paid: 8,
          earned: [kzt(7_500_000)],
        },
        { id: 2, name: "Akashi Cloud", issues: 12, approved: 9, paid: 9, earned: [kzt(4_500_000)] },
        { id: 3, name: "A third", issues: 12, approved: 9, paid: 0, earned: [kzt(0)] },
      ],
    });
    expect(wholePercent(30 / 42)).toBe(71);
  });

  it("shows a newcomer one line of zeros in tenge", () => {
    expect(balanceFrom(nothing)).toEqual({
      totals: [{ currency: "KZT", paid: 0, pending: 0, awaiting: 0 }],
      issues: { filed: 0, accepted: 0, awaiting: 0 },
      acceptanceRate: null,
      cycles: [],
    });
  });

  it("keeps currencies apart, tenge first", () => {
    const payoutRates = { low: 500, currency: "USD" } as const;
    const balance = balanceFrom({
      cycles: [cycle(1, "Home", 1, 0, 0), { ...cycle(2, "Abroad", 2, 1, 0), payoutRates }],
      payments: [],
      approved: [usd(2_000)],
      awaiting: [
        { cycleId: 1, severity: "high", issues: 1 },
        { cycleId: 2, severity: "low", issues: 1 },
      ],
    });
    expect(balance.totals).toEqual([
      { currency: "KZT", paid: 0, pending: 0, awaiting: 800_000 },
      { currency: "USD", paid: 0, pending: 2_000, awaiting: 500 },
    ]);
    expect(balance.cycles.map((c) => c.earned)).toEqual([[kzt(0)], [usd(0)]]);
  });

  it("counts issues that have no suggestion, without money and without a currency", () => {
    const balance = balanceFrom({
      ...nothing,
      cycles: [{ ...cycle(1, "Abroad", 3, 0, 0), payoutRates: { currency: "USD" } }],
      awaiting: [{ cycleId: 1, severity: "low", issues: 3 }],
    });
    expect(balance.issues.awaiting).toBe(3);
    expect(balance.totals).toEqual([{ currency: "KZT", paid: 0, pending: 0, awaiting: 0 }]);
  });

  it("shows a currency whose only payment was taken back", () => {
    const balance = balanceFrom({
      ...nothing,
      cycles: [cycle(1, "Home", 1, 1, 0)],
      payments: [{ cycleId: 1, money: usd(0) }],
    });
    expect(balance.totals.map((t) => t.currency)).toEqual(["USD"]);
    expect(balance.cycles[0]?.earned).toEqual([usd(0)]);
  });

  it("refuses to leave out what belongs to an unknown cycle, and to overflow", () => {
    const payments = [{ cycleId: 9, money: kzt(1) }];
    const awaiting = [{ cycleId: 9, severity: "low" as const, issues: 1 }];
    expect(() => balanceFrom({ ...nothing, payments })).toThrow(RangeError);
    expect(() => balanceFrom({ ...nothing, awaiting })).toThrow(RangeError);
    const approved = [kzt(Number.MAX_SAFE_INTEGER), kzt(1)];
    expect(() => balanceFrom({ ...nothing, approved })).toThrow(RangeError);
  });

  it("earns in its cycles what it is paid in total", () => {
    const payment = fc.record({
      cycleId: fc.integer({ min: 1, max: 3 }),
      money: fc.record({
        currency: fc.constantFrom(...CURRENCIES),
        amount: fc.integer({ min: -1e9, max: 1e12 }),
      }),
    });
    const group = fc.record({
      cycleId: fc.integer({ min: 1, max: 3 }),
      severity: fc.constantFrom(...SEVERITIES),
      issues: fc.nat(1000),
    });
    fc.assert(
      fc.property(fc.array(payment), fc.array(group), (payments, awaiting) => {
        const cycles = [1, 2, 3].map((id) => cycle(id, `Cycle ${id}`, 10, 5, 2));
        const balance = balanceFrom({ cycles, payments, approved: [], awaiting });
        for (const { currency, paid } of balance.totals) {
          const earned = sumByCurrency(balance.cycles.flatMap((c) => c.earned));
          expect(earned.find((m) => m.currency === currency)?.amount ?? 0).toBe(paid);
        }
        expect(balance.issues.awaiting).toBe(awaiting.reduce((sum, g) => sum + g.issues, 0));
      }),
    );
  });
});

describe("rates", () => {
  it("know when there is nothing to divide by", () => {
    expect(acceptanceRate(0, 0)).toBeNull();
    expect(acceptanceRate(0, 4)).toBe(0);
    expect(acceptanceRate(4, 4)).toBe(1);
  });

  it.each([
    [29, 200, 15], // × 100 is 14.499999999999998
    [1, 200, 1],
    [57, 200, 29],
    [1, 3, 33],
    [2, 3, 67],
    [199, 200, 100],
    [994, 1000, 99],
    [0, 7, 0],
    [7, 7, 100],
  ])("%i of %i is %i%%", (accepted, filed, percent) => {
    expect(wholePercent(accepted / filed)).toBe(percent);
  });

  it("rounds half up like integers do", () => {
    const fraction = fc
      .integer({ min: 1, max: 10_000_000 })
      .chain((filed) => fc.tuple(fc.integer({ min: 0, max: filed }), fc.constant(filed)));
    fc.assert(
      fc.property(fraction, ([accepted, filed]) => {
        const exact = (200n * BigInt(accepted) + BigInt(filed)) / (2n * BigInt(filed));
        expect(wholePercent(accepted / filed)).toBe(Number(exact));
      }),
    );
  });

  it("rounds every possible half up", () => {
    for (let percent = 0; percent < 100; percent++) {
      for (const many of [1, 3, 7, 1000, 99_991]) {
        const [halfway, filed] = [(2 * percent + 1) * many, 200 * many];
        expect(wholePercent(halfway / filed)).toBe(percent + 1);
        expect(wholePercent((halfway - 1) / filed)).toBe(percent);
      }
    }
  });

  it.each([-0.01, 1.01, Number.NaN])("refuses %s", (rate) => {
    expect(() => wholePercent(rate)).toThrow(RangeError);
  });
});
