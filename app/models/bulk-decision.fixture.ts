import { expect } from "vitest";
import { db } from "~/database/client.server";
import type { ApproveRow } from "~/domain/bulk-decision";
import type { PayoutRates } from "~/domain/rates";
import { Refusal, type RefusalReason } from "~/domain/refusal";
import { buildCycle, buildIssue } from "../../prisma/builders";
import { type BulkDecision, decideMany } from "./bulk-decision.server";

export type Id = { id: number };
export type Three = readonly [number, number, number];
export const HIGH = { currency: "KZT", amount: 800_000 } as const;

/** A cycle of the tester and the admin, with three issues by the tester: nothing is decided. */
export async function buildThree(tester: Id, admin: Id): Promise<{ cycle: Id; ids: Three }> {
  const cycle = await buildCycle({ testers: [tester, admin] });
  const file = async () => (await buildIssue({ tester, cycle, severity: "high" })).id;
  return { cycle, ids: [await file(), await file(), await file()] };
}

export const by = ({ id }: Id) => ({ actorId: id, at: new Date() });
export const row = (issueId: number, more: Partial<ApproveRow> = {}): ApproveRow => ({
  ...{ issueId, version: 1, expected: HIGH },
  ...more,
});
export const approval = (rows: readonly ApproveRow[], more: object = {}) =>
  ({ intent: "approve", mode: "all", rows, ...more }) as const;
export const rejectionOf = (ids: Three, more: object = {}) => ({
  ...({ intent: "reject", mode: "all", reason: "wont_fix" } as const),
  rows: ids.map((issueId) => ({ issueId, version: 1 })),
  ...more,
});
export const changeRates = (cycle: Id, payout_rates: PayoutRates) =>
  db().testCycle.update({ where: { id: cycle.id }, data: { metadata: { payout_rates } } });

export const standingOf = (cycle: Id) =>
  db().issue.findMany({
    where: { cycleId: cycle.id },
    orderBy: { id: "asc" },
    include: { events: { orderBy: { version: "asc" } } },
  });
export const bulks = () => db().bulkDecision.count();

/** Why the decision was refused; nothing in the cycle moved. */
export async function refusalIn(
  cycle: Id,
  decision: BulkDecision,
  who: Id,
): Promise<RefusalReason> {
  const before = [await standingOf(cycle), await bulks()];
  const error: unknown = await decideMany(decision, by(who)).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Refusal);
  expect([await standingOf(cycle), await bulks()]).toEqual(before);
  return (error as Refusal).reason;
}
