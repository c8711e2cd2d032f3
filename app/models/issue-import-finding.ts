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
