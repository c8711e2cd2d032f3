import { createHash } from "node:crypto";
import type { ClientBase } from "pg";
import { connectionPool, db } from "~/database/client.server";
import type { Examined } from "~/domain/doctor-check";
import type { DoctorOrigin } from "~/generated/prisma/client";
import { CHECKS } from "./doctor-checks";

const EXAMPLES = 10;
/** Each check reads a whole table or two. */
const LONGEST_CHECK_MS = 10 * 60 * 1_000;

/** Asks every invariant, over whatever this connection sees: one snapshot, if the caller opened one. */
export async function examine(sql: Pick<ClientBase, "query">): Promise<Examined[]> {
  const examined: Examined[] = [];
  for (const { name, sql: text, values } of CHECKS) {
    const query = {
      text: `SELECT count(*)::int AS offenders, (array_agg(offender ORDER BY offender))[1:${EXAMPLES}] AS examples
         FROM (${text}) found`,
      values,
      // The database ends it first.
      query_timeout: LONGEST_CHECK_MS + 10_000,
    };
    const { rows } = await sql.query<{ offenders: number; examples: string[] | null }>(query);
    const [row] = rows;
    examined.push({ check: name, offenders: row?.offenders ?? 0, examples: row?.examples ?? [] });
  }
  return examined;
}

/** The same of the whole database, in one read-only snapshot: nothing that is under way looks half done. */
export async function examineDatabase(): Promise<Examined[]> {
  const client = await connectionPool().connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query(`SET LOCAL statement_timeout = ${LONGEST_CHECK_MS}`);
    const examined = await examine(client);
    await client.query("COMMIT");
    client.release();
    return examined;
  } catch (error) {
    // Not given back: what state it is in is unknown.
    client.release(true);
    throw error;
  }
}

export type DoctorReport = { runId: number; examined: Examined[]; findings: Examined[] };

/** Examines the database and keeps what was found. */
export async function runDoctor(origin: DoctorOrigin): Promise<DoctorReport> {
  const started = performance.now();
  const examined = await examineDatabase();
  const findings = examined.filter(({ offenders }) => offenders > 0);
  const tookMs = Math.round(performance.now() - started);
  const fingerprint = findings.length > 0 ? fingerprintOf(findings) : null;
  const { id } = await db().doctorRun.create({
    data: { origin, tookMs, findings: findings, fingerprint },
    select: { id: true },
  });
  return { runId: id, examined, findings };
}

function fingerprintOf(findings: readonly Examined[]): string {
  return createHash("sha256").update(JSON.stringify(findings)).digest("hex");
}
