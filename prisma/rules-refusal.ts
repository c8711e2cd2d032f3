/** What a test of a rule asserts: the SQLSTATE, the rule's name, and that no row of any table changed. */
import pg from "pg";
import { afterAll, beforeAll, expect } from "vitest";
import { useTestDatabase } from "~/database/test-database";
import { all, inTransaction, makeWorld, one, type World } from "./rules-fixture";

/** A SQLSTATE and the name in the error's `constraint` field. */
export type Refusal = { readonly code: string; readonly rule: string };

export const illegal = (rule: string): Refusal => ({ code: "TY001", rule });
export const frozen: Refusal = { code: "TY002", rule: "issues_frozen_in_batch" };
export const appendOnly = (table: string): Refusal => ({
  code: "TY003",
  rule: `${table}_append_only`,
});
export const disagrees = (rule: string): Refusal => ({ code: "TY004", rule });
export const notAddingUp = (rule: string): Refusal => ({ code: "TY005", rule });
export const check = (rule: string): Refusal => ({ code: "23514", rule });
export const foreignKey = (rule: string): Refusal => ({ code: "23503", rule });
export const unique = (rule: string): Refusal => ({ code: "23505", rule });

let sizesQuery: Promise<string> | undefined;

/** Count and fingerprint of every table. */
export async function everything(world: Pick<World, "sql">): Promise<Record<string, string>> {
  sizesQuery ??= writeSizesQuery(world);
  const rows = await all<{ name: string; size: string }>(world, await sizesQuery);
  return Object.fromEntries(rows.map((row) => [row.name, row.size]));
}

async function writeSizesQuery(world: Pick<World, "sql">): Promise<string> {
  const { query } = await one<{ query: string }>(
    world,
    `SELECT string_agg(format(
       'SELECT %L AS name, count(*) || '' rows, '' || coalesce(sum(hashtextextended(t::text, 0)), 0) AS size FROM %I t',
       c.relname, c.relname), ' UNION ALL ') AS query
     FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace`,
  );
  return query;
}

export const ACCEPTED = "accepted";

/** What the database answered: "accepted", or SQLSTATE and rule. Whatever it was, it is committed or rolled back. */
export async function answerTo(
  world: World,
  attempt: () => Promise<unknown>,
): Promise<Refusal | typeof ACCEPTED> {
  try {
    await inTransaction(world, attempt);
    return ACCEPTED;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return { code: error.code ?? "", rule: error.constraint ?? error.message };
  }
}

export async function expectRefused(
  world: World,
  attempt: () => Promise<unknown>,
  ...refusals: readonly Refusal[]
): Promise<void> {
  const before = await everything(world);
  const answer = await answerTo(world, attempt);
  // Where several rules refuse the same thing, the database may ask any of them first.
  if (refusals.length > 1) expect(refusals).toContainEqual(answer);
  else expect(answer).toEqual(refusals[0]);
  expect(await everything(world)).toEqual(before);
}

export async function expectAccepted(world: World, attempt: () => Promise<unknown>): Promise<void> {
  expect(await answerTo(world, attempt)).toBe(ACCEPTED);
}

/** A database for this test file, with people and cycles in it. Call it once, at the top of the file. */
export function useWorld(): () => World {
  const url = useTestDatabase();
  let world: (World & { sql: pg.Client }) | undefined;
  beforeAll(async () => {
    world = await makeWorld(await connect(url));
  });
  afterAll(() => world?.sql.end());
  return () => {
    if (!world) throw new Error("The world is made before the first test.");
    return world;
  };
}

export async function connect(url = process.env.DATABASE_URL): Promise<pg.Client> {
  const client = new pg.Client(url);
  // The database is dropped at the end of the file, with whoever is still connected to it.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
