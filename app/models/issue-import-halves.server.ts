import { sqlState } from "~/database/errors";
import type { ImportFinding } from "./issue-import-finding";
import type { NumberedRow } from "./issue-import-run";

export type Halves<Result> = {
  readonly results: readonly Result[];
  readonly refused: readonly ImportFinding[];
};

/**
 * Tries all rows at once. Should the database refuse something that was not foreseen, tries each half, until the row
 * that it refuses stands alone; the others pass. `attempt` must leave nothing behind when it throws.
 */
export async function inHalves<Row extends NumberedRow, Result>(
  rows: readonly Row[],
  attempt: (rows: readonly Row[]) => Promise<Result>,
): Promise<Halves<Result>> {
  try {
    return { results: [await attempt(rows)], refused: [] };
  } catch (error) {
    const [only] = rows;
    if (only === undefined || !isRefusal(error)) throw error;
    if (rows.length === 1) return { results: [], refused: [refusalOf(only, error)] };
    const middle = Math.ceil(rows.length / 2);
    const first = await inHalves(rows.slice(0, middle), attempt);
    const second = await inHalves(rows.slice(middle), attempt);
    return {
      results: [...first.results, ...second.results],
      refused: [...first.refused, ...second.refused],
    };
  }
}

/**
 * A value out of range, a check, one of our own rules (prisma/migrations): it has to do with a row. Something that is
 * there already (23505) has not: then somebody else imports or invites the same people at this moment.
 */
function isRefusal(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && /^(22|23|TY)/.test(state) && state !== "23505";
}

function refusalOf({ line, row }: NumberedRow, error: unknown): ImportFinding {
  const said = error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : "";
  const message = `the database refused the row (${sqlState(error) ?? "no code"}): ${said}`;
  const problems = [{ code: "database_refused", message }] as const;
  return { kind: "bad", line, externalId: row.externalId, problems };
}
