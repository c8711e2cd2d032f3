import type { ImportFacts } from "~/domain/import-facts";
import type { ImportEvent } from "~/domain/import-history";
import type { ImportRow } from "~/domain/import-row";

/** One call of the command. */
export type ImportRun = {
  /** Tells its rows from those of earlier runs. */
  readonly id: string;
  readonly actorId: number | null;
  /** The team's time zone. */
  readonly zone: string;
};

/** A row of the file that has no problem of its own. */
export type NumberedRow = { readonly line: number; readonly row: ImportRow };

/** One that nobody has imported yet. */
export type NewRow = NumberedRow & {
  readonly facts: ImportFacts;
  /** Fingerprint of the facts. */
  readonly said: string;
};

/** A new row with everything it refers to. */
export type PlannedRow = NewRow & {
  readonly cycleId: number;
  readonly testerId: number;
  readonly events: readonly ImportEvent[];
};
