import { db } from "./client.server";
import { GUARD_CONSTRAINTS, GUARD_TRIGGERS, GUARD_UNIQUE_INDEXES } from "./guard-names";

/** Payments are refused: the database lacks a rule that keeps money right. Answered as 503. */
export class GuardsMissing extends Error {
  constructor(readonly missing: readonly string[]) {
    super(`The database lacks ${missing.length} of its guards: ${missing.slice(0, 5).join(", ")}`);
    this.name = "GuardsMissing";
  }
}

type Named = { name: string };

// A constraint that was never validated, a trigger switched off and an index left invalid guard nothing.
async function presentGuards(): Promise<Set<string>> {
  const rows = await db().$queryRaw<Named[]>`
    SELECT c.conrelid::regclass || '.' || c.conname AS name
      FROM pg_constraint c
      WHERE c.connamespace = current_schema()::regnamespace AND c.conrelid <> 0 AND c.convalidated
        -- A constraint trigger stands among the triggers too, and there it says whether it is switched on.
        AND c.contype <> 't'
        AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgconstraint = c.oid AND t.tgenabled NOT IN ('O', 'A'))
    UNION ALL
    SELECT t.tgrelid::regclass || '.' || t.tgname
      FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
      WHERE r.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
    UNION ALL
    SELECT i.indrelid::regclass || '.' || x.relname
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      WHERE x.relnamespace = current_schema()::regnamespace AND i.indisunique AND i.indisvalid`;
  return new Set(rows.map((row) => row.name));
}

/** The guards that the database should have and has not, as table.name. */
export async function missingGuards(): Promise<string[]> {
  const present = await presentGuards();
  return [...GUARD_CONSTRAINTS, ...GUARD_TRIGGERS, ...GUARD_UNIQUE_INDEXES].filter(
    (name) => !present.has(name),
  );
}

// Null until the first check. Kept on globalThis for the same reason as the client.
const holder = globalThis as typeof globalThis & { tiynMissingGuards?: readonly string[] };

/** Looks at the catalogue and remembers what it found. At boot, and again at every /healthz. */
export async function checkGuards(): Promise<readonly string[]> {
  return (holder.tiynMissingGuards = await missingGuards());
}

/** Throws GuardsMissing unless every guard was there when last looked at. */
export async function requireGuards(): Promise<void> {
  const missing = holder.tiynMissingGuards ?? (await checkGuards());
  if (missing.length > 0) throw new GuardsMissing(missing);
}

/** Whether the guards of DESIGN 3 are in place now: half of what /healthz says. */
export async function guardsInPlace(): Promise<boolean> {
  return (await checkGuards()).length === 0;
}
