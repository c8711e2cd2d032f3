import type { Tx } from "~/database/transaction.server";
import type { Currency } from "~/domain/money";
import { cycleCurrency, payoutRatesFrom } from "~/domain/rates";
import type { CycleStatus } from "~/generated/prisma/client";
import type { NewRow } from "./issue-import-run";

export type ImportCycle = {
  readonly id: number;
  readonly status: CycleStatus;
  readonly currency: Currency;
};

type CycleRow = { id: number; name: string; status: CycleStatus; metadata: unknown };

/** The test cycles that exist among these names. */
export async function findCycles(
  tx: Tx,
  names: readonly string[],
): Promise<Map<string, ImportCycle>> {
  const rows = await tx.$queryRaw<CycleRow[]>`
    SELECT id, name, status::text AS status, metadata FROM test_cycles
      WHERE name IN (SELECT unnest(${names}::text[]))`;
  return new Map(
    rows.map(({ id, name, status, metadata }) => [
      name,
      { id, status, currency: cycleCurrency(payoutRatesFrom(metadata)) },
    ]),
  );
}

/**
 * Creates the cycles, open, that are not among `existing`, in the order of the file. NOT EXISTS spares the numbers that
 * a conflict would use up.
 */
export async function createCycles(
  tx: Tx,
  rows: readonly NewRow[],
  existing: ReadonlyMap<string, ImportCycle>,
): Promise<number> {
  const names = [...new Set(rows.map(({ row }) => row.cycle))].filter(
    (name) => !existing.has(name),
  );
  if (names.length === 0) return 0;
  return tx.$executeRaw`
    INSERT INTO test_cycles (name)
    SELECT x.name FROM unnest(${names}::text[]) WITH ORDINALITY AS x (name, place)
      WHERE NOT EXISTS (SELECT FROM test_cycles c WHERE c.name = x.name)
      ORDER BY x.place
    ON CONFLICT (name) DO NOTHING`;
}

export type Testers = {
  /** By e-mail address as the file writes it. */
  readonly ids: ReadonlyMap<string, number>;
  readonly created: number;
};

/**
 * The people who filed these rows: found by e-mail address without regard to case, else created as testers without a
 * password, who get in by an invite link (DESIGN 7).
 */
export async function findOrCreateTesters(tx: Tx, rows: readonly NewRow[]): Promise<Testers> {
  const named = new Map(rows.map(({ row }) => [row.reporterEmail, row.reporterName]));
  const emails = [...named.keys()];
  const names = [...named.values()];
  const created = await tx.$executeRaw`
    INSERT INTO users (name, email, role)
    SELECT p.name, p.email, 'tester'
      FROM (SELECT DISTINCT ON (lower(x.email)) x.name, x.email, x.place
              FROM unnest(${names}::text[], ${emails}::text[]) WITH ORDINALITY AS x (name, email, place)
              WHERE NOT EXISTS (SELECT FROM users u WHERE lower(u.email) = lower(x.email))
              ORDER BY lower(x.email), x.place) AS p
      ORDER BY p.place
    ON CONFLICT (lower(email)) DO NOTHING`;
  const found = await tx.$queryRaw<{ email: string; id: number }[]>`
    SELECT x.email, u.id FROM unnest(${emails}::text[]) AS x (email)
      JOIN users u ON lower(u.email) = lower(x.email)`;
  return { ids: new Map(found.map(({ email, id }) => [email, id])), created };
}

/** Those of these addresses that nobody has. */
export async function findUnknownEmails(tx: Tx, emails: readonly string[]): Promise<string[]> {
  const unknown = await tx.$queryRaw<{ email: string }[]>`
    SELECT x.email FROM unnest(${emails}::text[]) AS x (email)
      WHERE NOT EXISTS (SELECT FROM users u WHERE lower(u.email) = lower(x.email))`;
  return unknown.map(({ email }) => email);
}

/** Whoever filed an issue in a cycle was a tester of it. */
export async function joinCycles(
  tx: Tx,
  memberships: readonly { readonly cycleId: number; readonly testerId: number }[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO cycle_testers (cycle_id, user_id)
    SELECT DISTINCT x.cycle_id, x.user_id
      FROM unnest(
        ${memberships.map((m) => m.cycleId)}::int[],
        ${memberships.map((m) => m.testerId)}::int[]) AS x (cycle_id, user_id)
      WHERE NOT EXISTS (
        SELECT FROM cycle_testers t WHERE t.cycle_id = x.cycle_id AND t.user_id = x.user_id)
    ON CONFLICT DO NOTHING`;
}
