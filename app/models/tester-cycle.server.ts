import { db } from "~/database/client.server";
import type { Balance, BalanceCycle } from "~/domain/balance";
import { payoutRatesFrom, suggestedAmountCentsFor } from "~/domain/rates";
import { SEVERITIES, type Severity } from "~/domain/severity";
import type { Money } from "~/domain/money";
import type { CycleStatus } from "~/generated/prisma/client";
import { balanceOf } from "./balance.server";
import { ownCycleIds } from "./own-cycles.server";

/** A cycle as one of its testers sees it. */
export type TesterCycle = {
  readonly id: number;
  readonly name: string;
  readonly status: CycleStatus;
  /** It is open, and the tester is still in it. */
  readonly mayFile: boolean;
  /** What an issue of that severity pays today; null where the admin sets it. Most severe first. */
  readonly rates: readonly { readonly severity: Severity; readonly money: Money | null }[];
  readonly balance: Balance;
};

/** Null for a cycle that the tester is neither in nor has written anything in. */
export async function testerCycle(testerId: number, cycleId: number): Promise<TesterCycle | null> {
  const [cycle, own, balance] = await Promise.all([
    db().testCycle.findUnique({
      where: { id: cycleId },
      select: {
        id: true,
        name: true,
        status: true,
        metadata: true,
        testers: { where: { userId: testerId }, select: { userId: true } },
      },
    }),
    ownCycleIds(testerId),
    balanceOf(testerId, { cycleId }),
  ]);
  if (!cycle || !own.includes(cycleId)) return null;
  const { metadata, testers, ...facts } = cycle;
  const mayFile = facts.status === "open" && testers.length > 0;
  const payoutRates = payoutRatesFrom(metadata);
  const rates = SEVERITIES.map((severity) => ({
    severity,
    money: suggestedAmountCentsFor({ payoutRates }, severity),
  }));
  return { ...facts, mayFile, rates, balance };
}

export type ListedCycle = {
  readonly id: number;
  readonly name: string;
  readonly status: CycleStatus;
  /** What the tester has filed and earned there; null: nothing filed yet. */
  readonly figures: BalanceCycle | null;
};

/**
 * The cycles a tester is in or has filed in: those that take issues first, then the newest. Archived ones are hidden;
 * what they paid stays on Balance (DESIGN 1).
 */
export async function testerCycles(testerId: number): Promise<ListedCycle[]> {
  const [own, balance] = await Promise.all([ownCycleIds(testerId), balanceOf(testerId)]);
  const cycles = await db().testCycle.findMany({
    where: { id: { in: own }, status: { not: "archived" } },
    select: { id: true, name: true, status: true },
    orderBy: [{ status: "asc" }, { id: "desc" }],
  });
  const figures = new Map(balance.cycles.map((cycle) => [cycle.id, cycle]));
  return cycles.map((cycle) => ({ ...cycle, figures: figures.get(cycle.id) ?? null }));
}
