import { db } from "~/database/client.server";
import type { ApproveRow } from "~/domain/bulk-decision";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";

/** How many decide at once: more than the pool has connections. */
export const DECIDERS = 20;
const ISSUES = 30;
const HIGH = { currency: "KZT", amount: 800_000 } as const;

type Id = { readonly id: number };
export type BulkRound = {
  readonly admins: readonly [Id, Id];
  readonly cycle: Id;
  readonly ids: readonly number[];
};

/** Thirty pending issues, and two admins to decide them. */
export async function buildBulkRound(): Promise<BulkRound> {
  const admins = [
    await buildAdmin({ name: "Nazira" }),
    await buildAdmin({ name: "Sanzhar" }),
  ] as const;
  const tester = await buildTester({ name: "Aibek" });
  const cycle = await buildCycle({ testers: [tester] });
  const ids: number[] = [];
  for (let n = 0; n < ISSUES; n++) {
    ids.push((await buildIssue({ tester, cycle, severity: "high" })).id);
  }
  return { admins, cycle, ids };
}

/** Two thirds of the round's issues, others for each number, in either order: sets that overlap. */
export function overlapping({ ids }: BulkRound, number: number): ApproveRow[] {
  const start = (number * 7) % ids.length;
  const chosen = [...ids.slice(start), ...ids.slice(0, start)].slice(0, (ids.length * 2) / 3);
  if (number % 2) chosen.reverse();
  return chosen.map((issueId) => ({ issueId, version: 1, expected: HIGH }));
}

/** Decisions beyond the first of each issue: what must be 0. */
export async function doubleDecisions({ ids }: BulkRound): Promise<number> {
  const decided = await db().issueEvent.groupBy({
    by: ["issueId"],
    where: { issueId: { in: [...ids] }, kind: { in: ["approved", "rejected"] } },
    _count: true,
  });
  return decided.reduce((sum, issue) => sum + issue._count - 1, 0);
}

export function decidedIssues({ ids }: BulkRound): Promise<number> {
  return db().issue.count({
    where: { id: { in: [...ids] }, payoutStatus: { in: ["approved", "rejected"] } },
  });
}
