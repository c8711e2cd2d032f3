import { db } from "~/database/client.server";
import { type Currency, type Money, money } from "~/domain/money";
import type { CycleStatus } from "~/generated/prisma/client";

export type CycleLine = {
  readonly id: number;
  readonly name: string;
  readonly status: CycleStatus;
  readonly testers: number;
  /** Filed and undecided. */
  readonly pending: number;
  /** Approved and not paid yet, per currency. */
  readonly unpaid: readonly Money[];
};

/** How many cycles there are of each status. */
export async function cycleCounts(): Promise<Record<CycleStatus, number>> {
  const counts = await db().testCycle.groupBy({ by: ["status"], _count: true });
  const of = (status: CycleStatus) => counts.find((c) => c.status === status)?._count ?? 0;
  return { open: of("open"), closed: of("closed"), archived: of("archived") };
}

/** The cycles of one status, or all; open ones first, then the newest. What is counted is what waits, not the past. */
export async function cycleLines(status: CycleStatus | null): Promise<CycleLine[]> {
  const [cycles, pending, unpaid] = await Promise.all([
    db().testCycle.findMany({
      where: status === null ? {} : { status },
      select: { id: true, name: true, status: true, _count: { select: { testers: true } } },
      orderBy: [{ status: "asc" }, { id: "desc" }],
    }),
    db().$queryRaw<{ cycle_id: number; issues: number }[]>`
      SELECT cycle_id, count(*)::int AS issues FROM issues
        WHERE payout_status = 'pending' AND status <> 'draft' GROUP BY cycle_id`,
    db().$queryRaw<{ cycle_id: number; currency: Currency; amount: bigint }[]>`
      SELECT cycle_id, approved_currency AS currency, sum(approved_amount)::bigint AS amount FROM issues
        WHERE payout_status = 'approved' GROUP BY cycle_id, approved_currency ORDER BY 2`,
  ]);
  return cycles.map(({ _count, ...cycle }) => ({
    ...cycle,
    testers: _count.testers,
    pending: pending.find((row) => row.cycle_id === cycle.id)?.issues ?? 0,
    unpaid: unpaid
      .filter((row) => row.cycle_id === cycle.id)
      .map(({ currency, amount }) => money(currency, amount)),
  }));
}
