import { connectionPool } from "~/database/client.server";
import { type DoctorReport, runDoctor } from "./doctor.server";

/** Any number that nothing else locks. */
const LOCK = 7_340_001;

/** Two copies whose timers differ by minutes are one hour's look all the same. */
const FRESH_MINUTES = 55;

/** The hourly look, by one copy of the app; null when another is at it, or did it within the hour. */
export async function runDoctorIfDue(): Promise<DoctorReport | null> {
  const client = await connectionPool().connect();
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      "SELECT pg_try_advisory_lock($1) AS locked",
      [LOCK],
    );
    if (!rows[0]?.locked) return null;
    return (await isDue(client)) ? await runDoctor("app") : null;
  } finally {
    // The lock goes with the session.
    client.release(true);
  }
}

async function isDue(client: {
  query: (text: string, values: unknown[]) => Promise<{ rowCount: number | null }>;
}): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM doctor_runs WHERE id = (SELECT max(id) FROM doctor_runs WHERE origin = 'app')
        AND at > now() - $1 * interval '1 minute'`,
    [FRESH_MINUTES],
  );
  return rowCount === 0;
}
