import { db } from "~/database/client.server";
import { transaction } from "~/database/transaction.server";
import { type Currency, type Money, money } from "~/domain/money";
import { byName } from "~/domain/name-order";
import { refuse } from "~/domain/refusal";
import { recordAudit } from "./audit.server";
import { KEPT_ISSUES, keptAs } from "./kept-totals.server";

export type CycleTesterLine = {
  readonly id: number;
  readonly name: string;
  /** False for somebody who was removed and has issues here. */
  readonly isIn: boolean;
  readonly filed: number;
  /** Approved or paid. */
  readonly accepted: number;
  readonly unpaid: readonly Money[];
  readonly paid: readonly Money[];
};

type Row = {
  id: number;
  name: string;
  is_in: boolean;
  currency: Currency | null;
  filed: number;
  accepted: number;
  unpaid: bigint;
  paid: bigint;
};

/** Who is in the cycle or has filed in it, by name. */
export async function cycleTesters(cycleId: number): Promise<CycleTesterLine[]> {
  const rows = await db().$queryRaw<Row[]>`
    WITH filed AS (
      SELECT k.tester_id, k.currency, sum(k.issues)::int AS filed,
             coalesce(sum(k.issues) FILTER (WHERE k.what IN ('approved', 'paid')), 0)::int AS accepted,
             coalesce(sum(k.amount) FILTER (WHERE k.what = 'approved'), 0)::bigint AS unpaid,
             coalesce(sum(k.amount) FILTER (WHERE k.what = 'paid'), 0)::bigint AS paid
        FROM kept_totals k WHERE k.cycle_id = ${cycleId} AND k.tester_id IS NOT NULL AND ${keptAs(KEPT_ISSUES)} GROUP BY 1, 2
    ), own AS (
      SELECT user_id, true AS is_in FROM cycle_testers WHERE cycle_id = ${cycleId}
      UNION
      SELECT f.tester_id, false FROM filed f
        WHERE NOT EXISTS (SELECT FROM cycle_testers c WHERE c.cycle_id = ${cycleId} AND c.user_id = f.tester_id)
    )
    SELECT u.id, u.name, o.is_in, f.currency, coalesce(f.filed, 0) AS filed, coalesce(f.accepted, 0) AS accepted,
           coalesce(f.unpaid, 0) AS unpaid, coalesce(f.paid, 0) AS paid
      FROM own o JOIN users u ON u.id = o.user_id LEFT JOIN filed f ON f.tester_id = o.user_id
      ORDER BY u.id, f.currency`;
  const lines = new Map<number, CycleTesterLine>();
  for (const row of rows) lines.set(row.id, added(lines.get(row.id), row));
  return [...lines.values()].sort(byName);
}

function added(line: CycleTesterLine | undefined, row: Row): CycleTesterLine {
  const sum = (list: readonly Money[] = [], amount: bigint) =>
    row.currency === null || amount === 0n ? list : [...list, money(row.currency, amount)];
  return {
    ...{ id: row.id, name: row.name, isIn: row.is_in },
    filed: (line?.filed ?? 0) + row.filed,
    accepted: (line?.accepted ?? 0) + row.accepted,
    unpaid: sum(line?.unpaid, BigInt(row.unpaid)),
    paid: sum(line?.paid, BigInt(row.paid)),
  };
}

/** Null when no active tester has that address. Somebody who is in the cycle already stays so. */
export function addTester(
  cycleId: number,
  email: string,
  actorId: number,
): Promise<{ readonly name: string } | null> {
  return transaction(async (tx) => {
    const [user] = await tx.$queryRaw<{ id: number; name: string }[]>`
      SELECT id, name FROM users
        WHERE lower(email) = lower(${email}) AND role = 'tester' AND deactivated_at IS NULL`;
    if (!user) return null;
    const cycle = await tx.testCycle.findUnique({ where: { id: cycleId }, select: { id: true } });
    if (!cycle) return refuse({ code: "not_found" });
    const member = { cycleId, userId: user.id };
    const { count } = await tx.cycleTester.createMany({ data: [member], skipDuplicates: true });
    const act = { kind: "cycle_tester_added", actorId, subjectId: user.id } as const;
    if (count > 0) await recordAudit({ ...act, detail: { cycle: cycleId } }, tx);
    return { name: user.name };
  });
}

/** What they have filed stays, and is decided and paid. Throws Refusal not_found. */
export function removeTester(
  cycleId: number,
  testerId: number,
  actorId: number,
): Promise<{ readonly name: string }> {
  return transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: testerId }, select: { name: true } });
    if (!user) return refuse({ code: "not_found" });
    const { count } = await tx.cycleTester.deleteMany({ where: { cycleId, userId: testerId } });
    const act = { kind: "cycle_tester_removed", actorId, subjectId: testerId } as const;
    if (count > 0) await recordAudit({ ...act, detail: { cycle: cycleId } }, tx);
    return user;
  });
}
