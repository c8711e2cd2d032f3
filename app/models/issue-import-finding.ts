import type { ImportDifference } from "~/domain/import-facts";
import type { ImportProblem } from "~/domain/import-problem";

/** What there is to say of one row; rows without one were imported, or are there as the file has them. */
export type ImportFinding = {
  /** The physical line of the file on which the row starts. */
  readonly line: number;
  /** Null when the row has none that can be read. */
  readonly externalId: string | null;
} & (
  | { readonly kind: "bad"; readonly problems: readonly ImportProblem[] }
  /** Known from an earlier run, which the file contradicts now; nothing was changed. */
  | { readonly kind: "differs"; readonly differences: readonly ImportDifference[] }
  /** Word for word what an earlier line of the file says. */
  | { readonly kind: "repeated"; readonly firstLine: number }
);

export type ImportSummary = {
  /** Rows of the file; each is counted in exactly one of the next five. */
  read: number;
  /** In a dry run: what would be. So with all that is created. */
  imported: number;
  alreadyThere: number;
  differing: number;
  repeated: number;
  bad: number;
  cyclesCreated: number;
  testersCreated: number;
  payments: number;
  batches: number;
};

/** What became of one chunk of rows. */
export type ChunkOutcome = Pick<
  ImportSummary,
  "imported" | "alreadyThere" | "cyclesCreated" | "testersCreated" | "payments" | "batches"
> & { readonly findings: readonly ImportFinding[] };

export function emptySummary(): ImportSummary {
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

/** `read`: how many rows the chunk had. */
export function addToSummary(summary: ImportSummary, read: number, outcome: ChunkOutcome): void {
  const of = (kind: ImportFinding["kind"]) =>
    outcome.findings.filter((finding) => finding.kind === kind).length;
  summary.read += read;
  summary.differing += of("differs");
  summary.repeated += of("repeated");
  summary.bad += of("bad");
  summary.imported += outcome.imported;
  summary.alreadyThere += outcome.alreadyThere;
  summary.cyclesCreated += outcome.cyclesCreated;
  summary.testersCreated += outcome.testersCreated;
  summary.payments += outcome.payments;
  summary.batches += outcome.batches;
}
