import { db } from "~/database/client.server";
import { isUniqueViolation } from "~/database/errors";
import { type Tx, transaction } from "~/database/transaction.server";
import { DEFAULT_CURRENCY, type PayoutRates, payoutRatesFrom } from "~/domain/rates";
import { type RatesChange, ratesChange } from "~/domain/rates-change";
import { refuse } from "~/domain/refusal";
import type { Severity } from "~/domain/severity";
import type { CycleStatus, Prisma } from "~/generated/prisma/client";
import { recordAudit } from "./audit.server";

export type Cycle = {
  readonly id: number;
  readonly name: string;
  readonly status: CycleStatus;
  readonly payoutRates: PayoutRates;
};

const COLUMNS = { id: true, name: true, status: true, metadata: true } as const;

/** Null for a number that no cycle has. */
export async function cycleOf(id: number): Promise<Cycle | null> {
  const cycle = await db().testCycle.findUnique({ where: { id }, select: COLUMNS });
  return cycle && withRates(cycle);
}

function withRates({ metadata, ...cycle }: Omit<Cycle, "payoutRates"> & { metadata: unknown }) {
  return { ...cycle, payoutRates: payoutRatesFrom(metadata) };
}

/** A new, open cycle at the default rates. Throws Refusal name_taken. */
export function createCycle(name: string, actorId: number): Promise<{ readonly id: number }> {
  return named(() =>
    transaction(async (tx) => {
      const cycle = await tx.testCycle.create({ data: { name }, select: { id: true } });
      const detail = { cycle: cycle.id, name };
      await recordAudit({ kind: "cycle_created", actorId, detail }, tx);
      return cycle;
    }),
  );
}

/** Throws Refusal: not_found, cycle_changed unless it still has the name that the page showed, name_taken. */
export function renameCycle(
  change: { readonly id: number; readonly name: string; readonly shown: string },
  actorId: number,
): Promise<void> {
  return named(() =>
    transaction(async (tx) => {
      const cycle = await lockCycle(tx, change.id);
      if (cycle.name !== change.shown) refuse({ code: "cycle_changed" });
      await tx.testCycle.update({
        where: { id: change.id },
        data: { name: change.name },
        select: { id: true },
      });
      const detail = { cycle: change.id, from: cycle.name, to: change.name };
      await recordAudit({ kind: "cycle_renamed", actorId, detail }, tx);
    }),
  );
}

/** Opens, closes or archives; money moves on in each (DESIGN 1). Throws Refusal: not_found, cycle_changed. */
export function changeCycleStatus(
  change: { readonly id: number; readonly status: CycleStatus; readonly shown: string },
  actorId: number,
): Promise<void> {
  return transaction(async (tx) => {
    const { status } = await lockCycle(tx, change.id);
    if (status !== change.shown) refuse({ code: "cycle_changed" });
    if (status === change.status) return;
    await tx.testCycle.update({
      where: { id: change.id },
      data: { status: change.status },
      select: { id: true },
    });
    const detail = { cycle: change.id, from: status, to: change.status };
    await recordAudit({ kind: "cycle_status_changed", actorId, detail }, tx);
  });
}

/** What saving these rates would do. Throws Refusal: not_found, cycle_changed. */
export async function reviewRates(change: RatesPost): Promise<RatesChange> {
  const cycle = await cycleOf(change.id);
  if (!cycle) return refuse({ code: "not_found" });
  if (ratesText(cycle.payoutRates) !== change.shown) refuse({ code: "cycle_changed" });
  const pending = await db().$queryRaw<{ severity: Severity; issues: number }[]>`
    SELECT severity, count(*)::int AS issues FROM issues
      WHERE cycle_id = ${change.id} AND payout_status = 'pending' AND status <> 'draft'
      GROUP BY severity ORDER BY severity DESC`;
  return ratesChange(cycle.payoutRates, change.rates, pending);
}

type RatesPost = {
  readonly id: number;
  readonly rates: PayoutRates;
  /** ratesText() of what the page showed. */
  readonly shown: string;
};

/**
 * New rates: from now on they are what pending issues are suggested at; approved amounts stay (DESIGN 2). Throws
 * Refusal: not_found, and cycle_changed when another admin has changed them since the page was made.
 */
export function saveRates({ id, rates, shown }: RatesPost, actorId: number): Promise<void> {
  return transaction(async (tx) => {
    const { metadata, payoutRates } = await lockCycle(tx, id);
    if (ratesText(payoutRates) !== shown) refuse({ code: "cycle_changed" });
    // The defaults are not written down: a cycle without rates of its own follows them.
    const { currency, ...overrides } = rates;
    const stored = currency === DEFAULT_CURRENCY ? overrides : rates;
    await tx.testCycle.update({
      where: { id },
      data: { metadata: { ...metadata, payout_rates: stored } },
      select: { id: true },
    });
    const detail = { cycle: id, from: payoutRates, to: stored };
    await recordAudit({ kind: "cycle_rates_changed", actorId, detail }, tx);
  });
}

/** Rates as text that is equal only for equal rates: what a form carries to notice that others changed them. */
export function ratesText({ critical, high, medium, low, currency }: PayoutRates): string {
  return [currency ?? DEFAULT_CURRENCY, critical, high, medium, low].map((r) => r ?? "").join(" ");
}

type LockedCycle = Cycle & { readonly metadata: Prisma.JsonObject };

async function lockCycle(tx: Tx, id: number): Promise<LockedCycle> {
  await tx.$queryRaw`SELECT FROM test_cycles WHERE id = ${id} FOR UPDATE`;
  const cycle = await tx.testCycle.findUnique({ where: { id }, select: COLUMNS });
  if (!cycle) return refuse({ code: "not_found" });
  // An object: test_cycles_metadata_object.
  return { ...withRates(cycle), metadata: cycle.metadata as Prisma.JsonObject };
}

async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) return refuse({ code: "name_taken" });
    throw error;
  }
}
