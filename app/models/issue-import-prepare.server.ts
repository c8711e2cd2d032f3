import { type Tx, transaction } from "~/database/transaction.server";
import { importHistory } from "~/domain/import-history";
import type { ImportFinding } from "./issue-import-finding";
import { inHalves } from "./issue-import-halves.server";
import { findKnown, type KnownRow, sortRows } from "./issue-import-known.server";
import {
  createCycles,
  findCycles,
  findOrCreateTesters,
  joinCycles,
} from "./issue-import-people.server";
import type { ImportRun, NewRow, NumberedRow, PlannedRow } from "./issue-import-run";

/** A chunk whose new rows have their cycles and testers, and are not written yet. */
export type PreparedChunk = {
  readonly planned: readonly PlannedRow[];
  readonly alreadyThere: number;
  readonly findings: readonly ImportFinding[];
  readonly cyclesCreated: number;
  readonly testersCreated: number;
};

/** What earlier chunks of this run are still writing, by external_id. */
export type InFlight = ReadonlyMap<string, KnownRow>;

/**
 * Sorts out which rows are new, and creates the cycles and testers that these need, in one transaction: before the
 * issues themselves, so that two chunks that are written at once never wait for each other's new people.
 */
export async function prepareChunk(
  rows: readonly NumberedRow[],
  run: ImportRun,
  inFlight: InFlight,
): Promise<PreparedChunk> {
  const { results, refused } = await inHalves(rows, (some) =>
    transaction((tx) => prepare(tx, some, run, inFlight)),
  );
  const sum = (what: "alreadyThere" | "cyclesCreated" | "testersCreated") =>
    results.reduce((total, part) => total + part[what], 0);
  return {
    planned: results.flatMap((part) => part.planned),
    findings: [...results.flatMap((part) => part.findings), ...refused],
    alreadyThere: sum("alreadyThere"),
    cyclesCreated: sum("cyclesCreated"),
    testersCreated: sum("testersCreated"),
  };
}

async function prepare(
  tx: Tx,
  rows: readonly NumberedRow[],
  run: ImportRun,
  inFlight: InFlight,
): Promise<PreparedChunk> {
  await avoidScans(tx);
  const cycles = await findCycles(tx, cycleNames(rows));
  const known = await findKnownOrInFlight(tx, rows, run, inFlight);
  const { fresh, ...sorted } = sortRows(rows, known, (name) => cycles.get(name)?.status);
  if (fresh.length === 0) return { planned: [], ...sorted, cyclesCreated: 0, testersCreated: 0 };
  const cyclesCreated = await createCycles(tx, fresh, cycles);
  const testers = await findOrCreateTesters(tx, fresh);
  const planned = await plan(tx, fresh, testers.ids, run);
  await joinCycles(tx, planned);
  return { planned, ...sorted, cyclesCreated, testersCreated: testers.created };
}

/**
 * Without statistics on tables that were empty a minute ago scans look cheap, and triggers would keep such plans while
 * the tables grow. (JIT: up to PostgreSQL 17 a plan that is forbidden and yet taken is dear enough to be compiled.)
 */
export async function avoidScans(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`;
}

export async function findKnownOrInFlight(
  tx: Tx,
  rows: readonly NumberedRow[],
  run: ImportRun,
  inFlight: InFlight,
): Promise<Map<string, KnownRow>> {
  const ids = rows.map(({ row }) => row.externalId);
  const known = await findKnown(tx, ids, run.id);
  for (const id of ids) {
    const row = inFlight.get(id);
    if (row !== undefined) known.set(id, row);
  }
  return known;
}

export function cycleNames(rows: readonly NumberedRow[]): string[] {
  return [...new Set(rows.map(({ row }) => row.cycle))];
}

/** Which person, which cycle and which history each row stands for. */
async function plan(
  tx: Tx,
  rows: readonly NewRow[],
  testers: ReadonlyMap<string, number>,
  { zone }: ImportRun,
): Promise<PlannedRow[]> {
  const cycles = await findCycles(tx, cycleNames(rows));
  return rows.map((one) => {
    const cycle = cycles.get(one.row.cycle);
    const testerId = testers.get(one.row.reporterEmail);
    if (cycle === undefined || testerId === undefined) {
      throw new Error(`Line ${one.line}: its cycle or its tester is not there.`);
    }
    const events = importHistory(one.row, cycle.currency, zone);
    return { ...one, cycleId: cycle.id, testerId, events };
  });
}
