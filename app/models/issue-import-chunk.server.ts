import { type Tx, transaction } from "~/database/transaction.server";
import { sqlState } from "~/database/errors";
import { importHistory } from "~/domain/import-history";
import type { ImportFinding } from "./issue-import-finding";
import {
  advance,
  type FiledRow,
  insertEvents,
  insertIssues,
  type PlannedRow,
} from "./issue-import-history.server";
import {
  findKnown,
  type NewRow,
  type NumberedRow,
  type SortedRows,
  sortRows,
} from "./issue-import-known.server";
import { paymentsOf, prepareBatches, settleBatches } from "./issue-import-payment.server";
import {
  createCycles,
  findCycles,
  findOrCreateTesters,
  joinCycles,
} from "./issue-import-people.server";

/** One call of the command. */
export type ImportRun = {
  /** Tells its rows from those of earlier runs. */
  readonly id: string;
  readonly actorId: number | null;
  /** The team's time zone. */
  readonly zone: string;
};

export type ChunkOutcome = {
  readonly imported: number;
  readonly alreadyThere: number;
  readonly findings: readonly ImportFinding[];
  readonly cyclesCreated: number;
  readonly testersCreated: number;
  readonly payments: number;
  readonly batches: number;
};

/** Any number, as long as nobody else takes it: two imports at once take turns, chunk by chunk. */
const IMPORT_LOCK = 7_496_111;

/**
 * Writes the new ones among these rows, in one transaction. Should the database refuse something that was not
 * foreseen, the rows are tried in halves until the one it refuses stands alone; the others are imported.
 */
export async function importChunk(
  rows: readonly NumberedRow[],
  run: ImportRun,
): Promise<ChunkOutcome> {
  try {
    return await transaction((tx) => writeChunk(tx, rows, run));
  } catch (error) {
    const [only] = rows;
    if (only === undefined || !isRefusal(error)) throw error;
    if (rows.length === 1) return refusedRow(only, error);
    const middle = Math.ceil(rows.length / 2);
    const first = await importChunk(rows.slice(0, middle), run);
    return together(first, await importChunk(rows.slice(middle), run));
  }
}

async function writeChunk(
  tx: Tx,
  rows: readonly NumberedRow[],
  run: ImportRun,
): Promise<ChunkOutcome> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${IMPORT_LOCK})`;
  const { sorted, cycles } = await lookUp(tx, rows, run);
  const { fresh, alreadyThere, findings } = sorted;
  const looked = { ...NOTHING, alreadyThere, findings };
  if (fresh.length === 0) return looked;
  const cyclesCreated = await createCycles(tx, fresh, cycles);
  const testers = await findOrCreateTesters(tx, fresh);
  const planned = await plan(tx, fresh, testers.ids, run);
  await joinCycles(tx, planned);
  const money = await writeHistory(tx, planned, run);
  const { created: testersCreated } = testers;
  return { ...looked, imported: fresh.length, cyclesCreated, testersCreated, ...money };
}

async function lookUp(tx: Tx, rows: readonly NumberedRow[], run: ImportRun) {
  const ids = rows.map(({ row }) => row.externalId);
  const known = await findKnown(tx, ids, run.id);
  const cycles = await findCycles(tx, cycleNames(rows));
  const sorted: SortedRows = sortRows(rows, known, (name) => cycles.get(name)?.status);
  return { sorted, cycles };
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

async function writeHistory(tx: Tx, planned: readonly PlannedRow[], run: ImportRun) {
  const ids = await insertIssues(tx, planned);
  const rows = planned.flatMap((row): FiledRow[] => {
    const issueId = ids.get(row.row.externalId);
    return issueId === undefined ? [] : [{ ...row, issueId }];
  });
  if (rows.length !== planned.length) throw new Error("Some issues were not written.");
  const payments = paymentsOf(rows);
  const transfers = payments.length > 0 ? await prepareBatches(tx, payments, run.actorId) : [];
  const batchOf = new Map(
    transfers.flatMap((t) => t.items.map((item) => [item.issueId, t.batchId])),
  );
  await insertEvents(tx, rows, batchOf, { actorId: run.actorId, run: run.id });
  await advanceAll(tx, rows, run);
  if (payments.length > 0) {
    await settleBatches(tx, rows, transfers, run.actorId);
    await advanceAll(tx, rows, run);
  }
  const batches = new Set(transfers.map((transfer) => transfer.batchId)).size;
  return { payments: payments.length, batches };
}

/** As far as they go without a payment. */
async function advanceAll(tx: Tx, rows: readonly FiledRow[], { actorId }: ImportRun) {
  while ((await advance(tx, rows, actorId, { paid: false })) > 0);
}

const NOTHING: ChunkOutcome = {
  imported: 0,
  alreadyThere: 0,
  findings: [],
  cyclesCreated: 0,
  testersCreated: 0,
  payments: 0,
  batches: 0,
};

/** A value out of range, a broken rule, one of our own (prisma/migrations): it has to do with the rows. */
function isRefusal(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && /^(22|23|TY)/.test(state);
}

function refusedRow({ line, row }: NumberedRow, error: unknown): ChunkOutcome {
  const said = error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : "";
  const message = `the database refused the row (${sqlState(error) ?? "no code"}): ${said}`;
  const problems = [{ code: "database_refused", message }] as const;
  return { ...NOTHING, findings: [{ kind: "bad", line, externalId: row.externalId, problems }] };
}

function together(a: ChunkOutcome, b: ChunkOutcome): ChunkOutcome {
  return {
    imported: a.imported + b.imported,
    alreadyThere: a.alreadyThere + b.alreadyThere,
    findings: [...a.findings, ...b.findings],
    cyclesCreated: a.cyclesCreated + b.cyclesCreated,
    testersCreated: a.testersCreated + b.testersCreated,
    payments: a.payments + b.payments,
    batches: a.batches + b.batches,
  };
}
