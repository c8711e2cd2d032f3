import { closeDatabase } from "~/database/client.server";
import { examineDatabase } from "~/models/doctor.server";
import { useServedDatabase } from "./database-url";

/** After the last journey: whatever they did together, every invariant of the money holds. */
export default async function examineServedDatabase(): Promise<void> {
  useServedDatabase();
  const examined = await examineDatabase().finally(closeDatabase);
  const findings = examined.filter(({ offenders }) => offenders > 0);
  if (findings.length > 0)
    throw new Error(`The money is in disorder: ${JSON.stringify(findings, null, 2)}`);
}
