import { db } from "~/database/client.server";
import { type Balance, balanceFrom, type BalanceInput } from "~/domain/balance";
import { type Currency, type Money, money } from "~/domain/money";
import { payoutRatesFrom } from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import { Prisma } from "~/generated/prisma/client";
import { isKeptIssue, isKeptPayment, type KeptWhat } from "./kept-totals.server";

type SumRow = {
  cycle_id: number;
  name: string;
  metadata: unknown;
  what: KeptWhat;
  severity: Severity | null;
  currency: Currency | null;
  issues: number;
  amount: bigint;
};

/** Everything the tester filed and earned, or only what belongs to one cycle. Drafts count nowhere. */
export async function balanceOf(testerId: number, only?: { cycleId: number }): Promise<Balance> {
  const inCycle = only
    ? Prisma.sql`k.cycle_id = ${only.cycleId}`
    : Prisma.sql`k.cycle_id IS NOT NULL`;
  // One statement, hence one snapshot: money that a batch is moving at this moment is counted once. Newest cycle first.
  const rows = await db().$queryRaw<SumRow[]>`
    WITH kept AS MATERIALIZED (
      SELECT k.cycle_id, k.what, k.severity, k.currency, k.issues::int, k.amount FROM kept_totals k
        WHERE k.tester_id = ${testerId} AND ${inCycle} AND k.issues <> 0
    ), cycles AS MATERIALIZED (
      SELECT c.id, c.name, c.metadata, last.filed_at
        FROM (SELECT DISTINCT cycle_id FROM kept) own
        JOIN test_cycles c ON c.id = own.cycle_id
        CROSS JOIN LATERAL (
          SELECT i.filed_at FROM issues i WHERE i.tester_id = ${testerId} AND i.cycle_id = c.id AND i.status <> 'draft'
            ORDER BY i.filed_at DESC LIMIT 1
        ) last
    )
    SELECT k.cycle_id, k.what, k.severity, k.currency, k.issues, k.amount, c.name, c.metadata
      FROM kept k JOIN cycles c ON c.id = k.cycle_id
      ORDER BY c.filed_at DESC, c.id DESC`;
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
    if (isKeptIssue(what)) cycle.issues += issues;
    if (what === "approved" || what === "paid") cycle.approved += issues;
    if (what === "paid") cycle.paid += issues;
    if (isKeptPayment(what)) payments.push({ cycleId, money: moneyOf(row) });
    if (what === "approved") approved.push(moneyOf(row));
    if (what === "pending" && severity) awaiting.push({ cycleId, severity, issues });
  }
  return { cycles: [...cycles.values()], payments, approved, awaiting };
}

function emptyCycle({ cycle_id: id, name, metadata }: SumRow): CycleInput {
  return { id, name, payoutRates: payoutRatesFrom(metadata), issues: 0, approved: 0, paid: 0 };
}

function moneyOf({ what, currency, amount }: SumRow): Money {
  // The database has one for every payment and every approved issue (issues_amount_with_commitment).
  if (currency === null) throw new Error(`a sum of ${what} without its currency`);
  return money(currency, amount);
}
