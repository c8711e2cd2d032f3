import { db } from "~/database/client.server";
import { type Currency, type Money, money } from "~/domain/money";
import type { CycleStatus } from "~/generated/prisma/client";
import { keptAs, OF_CYCLES } from "./kept-totals.server";

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

/** Undecided issues have no currency yet; approved ones do. */
type Waiting = { cycle_id: number; currency: Currency | null; issues: number; amount: bigint };

/** The cycles of one status, or all; open ones first, then the newest. What is counted is what waits, not the past. */
export async function cycleLines(status: CycleStatus | null): Promise<CycleLine[]> {
  const [cycles, waiting] = await Promise.all([
    db().testCycle.findMany({
      where: status === null ? {} : { status },
      select: { id: true, name: true, status: true, _count: { select: { testers: true } } },
      orderBy: [{ status: "asc" }, { id: "desc" }],
    }),
    db().$queryRaw<Waiting[]>`
      SELECT k.cycle_id, k.currency, sum(k.issues)::int AS issues, sum(k.amount)::bigint AS amount FROM kept_totals k
        WHERE ${OF_CYCLES} AND ${keptAs(["pending", "approved"])}
        GROUP BY k.cycle_id, k.what, k.currency ORDER BY k.currency`,
  ]);
  const waitingIn = byCycle(waiting);
  return cycles.map(({ _count, ...cycle }) => ({
    ...cycle,
    testers: _count.testers,
    pending: waitingIn(cycle.id).find(({ currency }) => currency === null)?.issues ?? 0,
    unpaid: waitingIn(cycle.id).flatMap(({ currency, amount }) =>
      currency === null ? [] : [money(currency, amount)],
    ),
  }));
}

function byCycle(rows: readonly Waiting[]): (cycleId: number) => readonly Waiting[] {
  const lists = new Map<number, Waiting[]>();
  for (const row of rows) {
    const list = lists.get(row.cycle_id);
    if (list) list.push(row);
    else lists.set(row.cycle_id, [row]);
  }
  return (cycleId) => lists.get(cycleId) ?? [];
}
