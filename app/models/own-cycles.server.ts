import { db } from "~/database/client.server";
import { KEPT_ISSUES, keptAs } from "./kept-totals.server";

/** The cycles that somebody is in, or has written anything in, drafts too. What was filed is not read for it. */
export async function ownCycleIds(userId: number): Promise<number[]> {
  const rows = await db().$queryRaw<{ id: number }[]>`
    SELECT cycle_id AS id FROM cycle_testers WHERE user_id = ${userId}
    UNION
    SELECT k.cycle_id FROM kept_totals k
      WHERE k.tester_id = ${userId} AND k.cycle_id IS NOT NULL AND ${keptAs(KEPT_ISSUES)}
    UNION
    SELECT cycle_id FROM issues WHERE tester_id = ${userId} AND filed_at IS NULL`;
  return rows.map(({ id }) => id);
}
