import { randomUUID } from "node:crypto";
import type { ImportContext } from "~/domain/import-context";
import { readImportRow } from "~/domain/import-row";
import { type ChunkOutcome, importChunk, type ImportRun } from "./issue-import-chunk.server";
import { DryRun } from "./issue-import-dry-run.server";
import type { ImportRecord } from "./issue-import-file.server";
import type { ImportFinding, ImportSummary } from "./issue-import-finding";
import type { NumberedRow } from "./issue-import-known.server";
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
  /** In the order of the file. Those of a chunk come once the chunk is committed. */
  readonly onFinding?: (finding: ImportFinding) => void;
  /** After every chunk; the summary so far. */
  readonly onProgress?: (summary: Readonly<ImportSummary>) => void;
  /** Aborted: the chunk at hand is finished, and no other begun. */
  readonly signal?: AbortSignal;
};

/** Big enough to spread the cost of a statement, small enough for a short transaction. */
const CHUNK_ROWS = 1_000;

/** Null unless it is an admin's address who is not deactivated. */
export async function findImportActor(email: string): Promise<ImportActor | null> {
  const account = await findAccountByEmail(email);
  return account?.role === "admin" ? { id: account.id, email: email.trim() } : null;
}

/**
 * Brings the records of a file in (DESIGN 8), a chunk a transaction. Run again, it goes on where it was interrupted,
 * and changes nothing once it is complete: an external_id is imported once.
 * Throws what the database throws when it is away; everything reported before stands.
 */
export async function importIssues(
  records: AsyncIterable<ImportRecord>,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { actor, zone, now, onFinding, onProgress, signal } = options;
  const run: ImportRun = { id: randomUUID(), actorId: actor?.id ?? null, zone };
  const context: ImportContext = { now, zone, actorEmail: actor?.email ?? null };
  const dryRun = options.dryRun === true ? new DryRun(run) : null;
  const summary = emptySummary();
  const write = async ({ rows, bad }: Chunk) => {
    const outcome =
      rows.length === 0 ? null : await (dryRun?.chunk(rows) ?? importChunk(rows, run));
    const findings = [...bad, ...(outcome?.findings ?? [])].sort((a, b) => a.line - b.line);
    count(summary, rows.length + bad.length, outcome, findings);
    for (const finding of findings) onFinding?.(finding);
    onProgress?.(summary);
  };
  // The next chunk is read while the database is busy with this one.
  let writing: Promise<void> = Promise.resolve();
  for await (const chunk of chunksOf(records, context)) {
    await writing;
    if (signal?.aborted) return summary;
    writing = write(chunk);
    // It is awaited later; until then a failure must not count as one that nobody handles.
    writing.catch(() => undefined);
  }
  await writing;
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

function emptySummary(): ImportSummary {
  return {
    read: 0,
    imported: 0,
    alreadyThere: 0,
    differing: 0,
    repeated: 0,
    bad: 0,
    cyclesCreated: 0,
    testersCreated: 0,
    payments: 0,
    batches: 0,
  };
}

function count(
  summary: ImportSummary,
  read: number,
  outcome: ChunkOutcome | null,
  findings: readonly ImportFinding[],
): void {
  const of = (kind: ImportFinding["kind"]) => findings.filter((one) => one.kind === kind).length;
  summary.read += read;
  summary.differing += of("differs");
  summary.repeated += of("repeated");
  summary.bad += of("bad");
  if (outcome === null) return;
  summary.imported += outcome.imported;
  summary.alreadyThere += outcome.alreadyThere;
  summary.cyclesCreated += outcome.cyclesCreated;
  summary.testersCreated += outcome.testersCreated;
  summary.payments += outcome.payments;
  summary.batches += outcome.batches;
}
