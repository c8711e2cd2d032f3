import { db } from "~/database/client.server";
import { type Currency, type Money, money } from "~/domain/money";
import { KEPT_PAYMENTS, keptAs, type KeptWhat, OF_CYCLES } from "./kept-totals.server";

export type CycleSum = { readonly money: readonly Money[]; readonly issues: number };

/** Per currency. A paid issue was paid exactly what was approved, so each sum is that of the list it leads to. */
export type CyclePayouts = {
  readonly unpaid: CycleSum;
  readonly paid: CycleSum;
  /** Of void issues whose tester kept what was paid. */
  readonly kept: CycleSum;
  /** All of these. */
  readonly total: CycleSum;
};

type Row = { what: KeptWhat; currency: Currency; amount: bigint; issues: number };
type Part = { readonly issues: number; readonly amount: bigint };

export async function cyclePayouts(cycleId: number): Promise<CyclePayouts> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT k.what, k.currency, k.issues::int AS issues, k.amount FROM kept_totals k
      WHERE k.cycle_id = ${cycleId} AND ${OF_CYCLES} AND ${keptAs(["approved", "paid", ...KEPT_PAYMENTS])}
      ORDER BY k.currency`;
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  const sumOf = (part: (currency: Currency) => Part): CycleSum => {
    const parts = currencies.map((currency) => ({ currency, ...part(currency) }));
    const present = parts.filter(({ issues }) => issues > 0);
    return {
      money: present.map(({ currency, amount }) => money(currency, amount)),
      issues: present.reduce((count, { issues }) => count + issues, 0),
    };
  };
  const kept = (currency: Currency) => moneyKept(rows, currency);
  const of = (what: KeptWhat) => (currency: Currency) => partOf(rows, currency, what);
  return {
    unpaid: sumOf(of("approved")),
    paid: sumOf(of("paid")),
    kept: sumOf(kept),
    total: sumOf((currency) =>
      [of("approved")(currency), of("paid")(currency), kept(currency)].reduce(added),
    ),
  };
}

/** What was paid and not taken back, of issues that are paid no more: void, and the tester keeps it. */
function moneyKept(rows: readonly Row[], currency: Currency): Part {
  const part = (what: KeptWhat) => partOf(rows, currency, what);
  const reversals = [part("bounced"), part("never_sent"), part("returned")].reduce(added);
  const [payment, paid] = [part("payment"), part("paid")];
  return {
    issues: payment.issues - reversals.issues - paid.issues,
    amount: payment.amount + reversals.amount - paid.amount,
  };
}

function partOf(rows: readonly Row[], currency: Currency, what: KeptWhat): Part {
  return (
    rows.find((row) => row.currency === currency && row.what === what) ?? { issues: 0, amount: 0n }
  );
}

function added(a: Part, b: Part): Part {
  return { issues: a.issues + b.issues, amount: a.amount + b.amount };
}
