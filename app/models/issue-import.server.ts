import { randomUUID } from "node:crypto";
import { connectionPool } from "~/database/client.server";
import type { ImportContext } from "~/domain/import-context";
import { readImportRow } from "~/domain/import-row";
import { mayDo } from "~/domain/permission";
import { DryRun } from "./issue-import-dry-run.server";
import type { ImportRecord } from "./issue-import-file.server";
import {
  addToSummary,
  type ChunkOutcome,
  emptySummary,
  type ImportFinding,
  type ImportSummary,
} from "./issue-import-finding";
import { Lanes } from "./issue-import-lanes.server";
import type { ImportRun, NumberedRow } from "./issue-import-run";
import { findAccountByEmail } from "./user.server";

export { type ImportFile, openImportFile } from "./issue-import-file.server";
export { ImportFileError } from "./issue-import-lines.server";
export type { ImportFinding, ImportSummary } from "./issue-import-finding";

/** The admin in whose name an import is written. */
export type ImportActor = { readonly id: number; readonly email: string };

export type ImportOptions = {
  /** Null writes it in nobody's name: "import". */
  readonly actor: ImportActor | null;
  readonly now: Date;
  /** The team's time zone. */
  readonly zone: string;
  readonly dryRun?: boolean;
  /** In the order of the file, once the chunk that it belongs to is committed. */
  readonly onFinding?: (finding: ImportFinding) => void;
  /** After every chunk; the summary so far. */
  readonly onProgress?: (summary: Readonly<ImportSummary>) => void;
  /** Another import is under way, and this one waits for its end. */
  readonly onWait?: () => void;
  /** Aborted: what is being written is finished, and nothing else begun. */
  readonly signal?: AbortSignal;
};

/** Big enough to spread the cost of a statement, small enough for a short transaction. */
const CHUNK_ROWS = 1_000;

/** Null unless it is an admin's address who is not deactivated. */
export async function findImportActor(email: string): Promise<ImportActor | null> {
  const account = await findAccountByEmail(email);
  const may = account !== null && mayDo(account.role, "importIssues");
  return may ? { id: account.id, email: email.trim() } : null;
}

/**
 * Brings the records of a file in (DESIGN 8), in chunks. Run again, it goes on where it was interrupted, and changes
 * nothing once it is complete: an external_id is imported once.
 * Throws what the database throws when it is away; everything reported before stands.
 */
export async function importIssues(
  records: AsyncIterable<ImportRecord>,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { actor, zone, now, onWait } = options;
  const run: ImportRun = { id: randomUUID(), actorId: actor?.id ?? null, zone };
  const context: ImportContext = { now, zone, actorEmail: actor?.email ?? null };
  const chunks = chunksOf(records, context);
  if (options.dryRun === true) return rehearse(chunks, new DryRun(run), options);
  const release = await waitForTurn(onWait);
  try {
    return await bringIn(chunks, new Lanes(run), options);
  } finally {
    release();
  }
}

async function rehearse(
  chunks: AsyncIterable<Chunk>,
  dryRun: DryRun,
  options: ImportOptions,
): Promise<ImportSummary> {
  const summary = emptySummary();
  for await (const chunk of chunks) {
    if (options.signal?.aborted) break;
    report(summary, chunk, await dryRun.chunk(chunk.rows), options);
  }
  return summary;
}

/** Chunks are reported in their order, each when it is committed. */
async function bringIn(
  chunks: AsyncIterable<Chunk>,
  lanes: Lanes,
  options: ImportOptions,
): Promise<ImportSummary> {
  const summary = emptySummary();
  const waiting: Chunk[] = [];
  const reportNext = async () => {
    const outcome = await lanes.next();
    const chunk = waiting.shift();
    if (chunk !== undefined) report(summary, chunk, outcome, options);
  };
  for await (const chunk of chunks) {
    if (lanes.areFull) await reportNext();
    if (options.signal?.aborted) break;
    await lanes.begin(chunk.rows);
    waiting.push(chunk);
  }
  while (waiting.length > 0) await reportNext();
  return summary;
}

type Chunk = { readonly rows: NumberedRow[]; readonly bad: ImportFinding[] };

async function* chunksOf(
  records: AsyncIterable<ImportRecord>,
  context: ImportContext,
): AsyncGenerator<Chunk> {
  let chunk: Chunk = { rows: [], bad: [] };
  for await (const record of records) {
    const read = readRecord(record, context);
    if ("row" in read) chunk.rows.push(read);
    else chunk.bad.push(read);
    if (chunk.rows.length + chunk.bad.length < CHUNK_ROWS) continue;
    yield chunk;
    chunk = { rows: [], bad: [] };
  }
  yield chunk;
}

function readRecord(record: ImportRecord, context: ImportContext): NumberedRow | ImportFinding {
  const { line } = record;
  if ("problem" in record) {
    return { kind: "bad", line, externalId: null, problems: [record.problem] };
  }
  const reading = readImportRow(record.cells, context);
  if (reading.ok) return { line, row: reading.row };
  return { kind: "bad", line, externalId: reading.externalId, problems: reading.problems };
}

function report(
  summary: ImportSummary,
  { rows, bad }: Chunk,
  outcome: ChunkOutcome,
  { onFinding, onProgress }: ImportOptions,
): void {
  const findings = [...bad, ...outcome.findings].sort((a, b) => a.line - b.line);
  addToSummary(summary, rows.length + bad.length, { ...outcome, findings });
  for (const finding of findings) onFinding?.(finding);
  onProgress?.(summary);
}

/** Any number, as long as nobody else takes it. */
const IMPORT_LOCK = 7_496_111;

/**
 * One import at a time: two of the same file would only get in each other's way. The lock belongs to a connection of
 * its own, and goes with it. Returns how to give it back.
 */
async function waitForTurn(onWait: (() => void) | undefined): Promise<() => void> {
  const connection = await connectionPool().connect();
  try {
    const tried = await connection.query<{ locked: boolean }>(
      "SELECT pg_try_advisory_lock($1) AS locked",
      [IMPORT_LOCK],
    );
    if (tried.rows[0]?.locked !== true) {
      onWait?.();
      await connection.query("SELECT pg_advisory_lock($1)", [IMPORT_LOCK]);
    }
  } catch (error) {
    connection.release(true);
    throw error;
  }
  return () => connection.release(true);
}
