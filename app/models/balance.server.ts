import { db } from "~/database/client.server";
import { type Balance, balanceFrom, type BalanceInput } from "~/domain/balance";
import { type Currency, type Money, money } from "~/domain/money";
import type { PayoutStatus } from "~/domain/payout-status";
import { payoutRatesFrom } from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import { Prisma } from "~/generated/prisma/client";

type SumRow = {
  cycle_id: number;
  name: string;
  metadata: unknown;
  what: PayoutStatus | "payments";
  severity: Severity | null;
  currency: Currency | null;
  issues: number;
  amount: bigint | null;
};

/** Everything the tester filed and earned, or only what belongs to one cycle. Drafts count nowhere. */
export async function balanceOf(testerId: number, only?: { cycleId: number }): Promise<Balance> {
  const inCycle = only ? Prisma.sql`AND i.cycle_id = ${only.cycleId}` : Prisma.empty;
  // One statement, hence one snapshot: money that a batch is moving at this moment is counted once. Newest cycle first.
  const rows = await db().$queryRaw<SumRow[]>`
    WITH sums AS (
      SELECT i.cycle_id, i.payout_status::text AS what, i.severity, i.approved_currency AS currency,
             count(*)::int AS issues, sum(i.approved_amount)::bigint AS amount, max(i.filed_at) AS filed
        FROM issues i WHERE i.tester_id = ${testerId} AND i.status <> 'draft' ${inCycle}
        GROUP BY i.cycle_id, i.payout_status, i.severity, i.approved_currency
      UNION ALL
      SELECT i.cycle_id, 'payments', NULL, p.currency, 0, sum(p.amount)::bigint, NULL
        FROM issue_payouts p JOIN issues i ON i.id = p.issue_id AND i.tester_id = p.tester_id
        WHERE p.tester_id = ${testerId} AND i.status <> 'draft' ${inCycle} GROUP BY i.cycle_id, p.currency
    )
    SELECT s.cycle_id, s.what, s.severity, s.currency, s.issues, s.amount, c.name, c.metadata
      FROM sums s JOIN test_cycles c ON c.id = s.cycle_id
      ORDER BY max(s.filed) OVER (PARTITION BY s.cycle_id) DESC, s.cycle_id DESC`;
  return balanceFrom(inputFrom(rows));
}

type CycleInput = {
  -readonly [K in keyof BalanceInput["cycles"][number]]: BalanceInput["cycles"][number][K];
};

function inputFrom(rows: readonly SumRow[]): BalanceInput {
  const cycles = new Map<number, CycleInput>();
  const payments: { cycleId: number; money: Money }[] = [];
  const approved: Money[] = [];
  const awaiting: { cycleId: number; severity: Severity; issues: number }[] = [];
  for (const row of rows) {
    const { cycle_id: cycleId, what, severity, issues } = row;
    const cycle = cycles.get(cycleId) ?? emptyCycle(row);
    cycles.set(cycleId, cycle);
    cycle.issues += issues;
    if (what === "approved" || what === "paid") cycle.approved += issues;
    if (what === "paid") cycle.paid += issues;
    if (what === "payments") payments.push({ cycleId, money: moneyOf(row) });
    if (what === "approved") approved.push(moneyOf(row));
    if (what === "pending" && severity) awaiting.push({ cycleId, severity, issues });
  }
  return { cycles: [...cycles.values()], payments, approved, awaiting };
}

function emptyCycle({ cycle_id: id, name, metadata }: SumRow): CycleInput {
  return { id, name, payoutRates: payoutRatesFrom(metadata), issues: 0, approved: 0, paid: 0 };
}

function moneyOf({ what, currency, amount }: SumRow): Money {
  // The database has both for every payment and every approved issue (issues_amount_with_commitment).
  if (currency === null || amount === null) throw new Error(`a sum of ${what} without its money`);
  return money(currency, amount);
}
