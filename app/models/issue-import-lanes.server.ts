import type { ChunkOutcome } from "./issue-import-finding";
import type { KnownRow } from "./issue-import-known.server";
import { prepareChunk } from "./issue-import-prepare.server";
import type { ImportRun, NumberedRow, PlannedRow } from "./issue-import-run";
import { writeChunk } from "./issue-import-write.server";

/** While the database writes one chunk, this process gets the next one ready, and a second core can write that. */
const LANES = 2;

/** Chunks on their way into the database: prepared one after the other, written at the same time. */
export class Lanes {
  readonly #run: ImportRun;
  readonly #writing: { readonly rows: readonly PlannedRow[]; outcome: Promise<ChunkOutcome> }[] =
    [];

  constructor(run: ImportRun) {
    this.#run = run;
  }

  get areFull(): boolean {
    return this.#writing.length >= LANES;
  }

  /** Returns once the chunk is prepared; it is being written then. */
  async begin(rows: readonly NumberedRow[]): Promise<void> {
    const { planned, ...prepared } = await prepareChunk(rows, this.#run, this.#inFlight());
    const outcome = writeChunk(planned, this.#run).then((written) => ({
      ...prepared,
      ...written,
      findings: [...prepared.findings, ...written.findings],
    }));
    // It is awaited later; until then a failure must not count as one that nobody handles.
    outcome.catch(() => undefined);
    this.#writing.push({ rows: planned, outcome });
  }

  /** What became of the chunk that was begun first. */
  async next(): Promise<ChunkOutcome> {
    const [first] = this.#writing;
    if (first === undefined) throw new Error("Nothing is being written.");
    try {
      return await first.outcome;
    } finally {
      this.#writing.shift();
    }
  }

  /** The database does not show them yet, and a row that repeats one must be told so. */
  #inFlight(): Map<string, KnownRow> {
    const rows = this.#writing.flatMap((chunk) => chunk.rows);
    return new Map(
      rows.map(({ row, line, facts, said }) => [row.externalId, { said, facts, line }]),
    );
  }
}
