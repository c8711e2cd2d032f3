import { createHash } from "node:crypto";
import type { Tx } from "~/database/transaction.server";
import {
  differencesBetween,
  type ImportFacts,
  importFacts,
  factsText,
} from "~/domain/import-facts";
import { quoted } from "~/domain/import-problem";
import type { ImportRow } from "~/domain/import-row";
import type { CycleStatus } from "~/generated/prisma/client";
import type { ImportFinding } from "./issue-import-finding";
import type { NewRow, NumberedRow } from "./issue-import-run";

/** What is known of an external_id before a row of the file is looked at. */
export type KnownRow = {
  /** Fingerprint of what the file said; null when nobody noted it down. */
  readonly said: string | null;
  /** The same in full, where the database has it. */
  readonly facts: ImportFacts | null;
  /** The line of this very file that it came from; null when it came from an earlier run. */
  readonly line: number | null;
};

export type SortedRows = {
  readonly fresh: readonly NewRow[];
  readonly alreadyThere: number;
  readonly findings: readonly ImportFinding[];
};

/**
 * Tells new rows from those that are known. `known` also learns the new ones, so that a row finds an earlier row of
 * its own chunk there. `cycleStatus` has the cycles that exist.
 */
export function sortRows(
  rows: readonly NumberedRow[],
  known: Map<string, KnownRow>,
  cycleStatus: (name: string) => CycleStatus | undefined,
): SortedRows {
  const fresh: NewRow[] = [];
  const findings: ImportFinding[] = [];
  let alreadyThere = 0;
  for (const { line, row } of rows) {
    const facts = importFacts(row, fingerprint);
    const said = fingerprint(factsText(facts));
    const earlier = known.get(row.externalId);
    const status = cycleStatus(row.cycle);
    if (earlier !== undefined) {
      const finding = findingAbout(line, row, { facts, said }, earlier);
      if (finding === null) alreadyThere += 1;
      else findings.push(finding);
    } else if (status !== undefined && status !== "open") {
      findings.push(closedCycle(line, row, status));
    } else {
      known.set(row.externalId, { said, facts, line });
      fresh.push({ line, row, facts, said });
    }
  }
  return { fresh, alreadyThere, findings };
}

function findingAbout(
  line: number,
  { externalId }: ImportRow,
  now: { readonly facts: ImportFacts; readonly said: string },
  earlier: KnownRow,
): ImportFinding | null {
  const same = earlier.said === null || earlier.said === now.said;
  if (earlier.line !== null) {
    if (same) return { kind: "repeated", line, externalId, firstLine: earlier.line };
    const message = `external_id ${quoted(externalId)} is on line ${earlier.line} already, with other content`;
    return { kind: "bad", line, externalId, problems: [{ code: "external_id_repeated", message }] };
  }
  if (same || earlier.facts === null) return null;
  const differences = differencesBetween(earlier.facts, now.facts);
  return { kind: "differs", line, externalId, differences };
}

// "closed takes no new issues" (DESIGN 1); an archived one is hidden besides.
function closedCycle(line: number, row: ImportRow, status: CycleStatus): ImportFinding {
  const message = `cycle ${quoted(row.cycle)} is ${status} and takes no new issues`;
  const problems = [{ code: "cycle_closed", message }] as const;
  return { kind: "bad", line, externalId: row.externalId, problems };
}

export function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

type KnownRecord = {
  external_id: string;
  facts: ImportFacts | null;
  run: string | null;
  line: number | null;
};

/** Which of these external ids the database has, and what the file said then. */
export async function findKnown(
  tx: Tx,
  externalIds: readonly string[],
  run: string,
): Promise<Map<string, KnownRow>> {
  const records = await tx.$queryRaw<KnownRecord[]>`
    SELECT i.external_id, e.detail -> 'imported' AS facts, e.detail ->> 'import_run' AS run,
           (e.detail ->> 'import_line')::int AS line
      FROM unnest(${externalIds}::text[]) AS x (external_id)
      JOIN issues i ON i.external_id = x.external_id
      JOIN issue_events e ON e.issue_id = i.id AND e.version = 1`;
  return new Map(
    records.map(({ external_id, facts, run: itsRun, line }) => [
      external_id,
      {
        said: facts === null ? null : fingerprint(factsText(facts)),
        facts,
        line: itsRun === run ? line : null,
      },
    ]),
  );
}
