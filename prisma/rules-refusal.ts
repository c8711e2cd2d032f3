/** What a test of a rule asserts: the SQLSTATE, the rule's name, and that no row of any table changed. */
import pg from "pg";
import { afterAll, beforeAll, expect } from "vitest";
import { useTestDatabase } from "~/database/test-database";
import { makeWorld, type World } from "./rules-fixture";
import { all, type Connected, inTransaction, one } from "./rules-sql";

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

/** How many rows each table holds, and the last transaction that wrote one of them. */
export async function everything(world: Connected): Promise<Record<string, string>> {
  sizesQuery ??= writeSizesQuery(world);
  const rows = await all<{ name: string; size: string }>(world, await sizesQuery);
  return Object.fromEntries(rows.map((row) => [row.name, row.size]));
}

async function writeSizesQuery(world: Connected): Promise<string> {
  const { query } = await one<{ query: string }>(
    world,
    `SELECT string_agg(format(
       'SELECT %L AS name, count(*) || '' rows, the last by '' || coalesce(max(xmin::text::bigint), 0) AS size FROM %I t',
       c.relname, c.relname), ' UNION ALL ') AS query
     FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace`,
  );
  return query;
}

export const ACCEPTED = "accepted";

/** What the database answered: "accepted", or SQLSTATE and rule. What it accepted is committed. */
export async function answerTo(
  world: World,
  attempt: () => Promise<unknown>,
): Promise<Refusal | typeof ACCEPTED> {
  try {
    await inTransaction(world, attempt);
    return ACCEPTED;
  } catch (error) {
    if (error === TAKEN_BACK) return ACCEPTED;
    if (!(error instanceof pg.DatabaseError)) throw error;
    return { code: error.code ?? "", rule: error.constraint ?? error.message };
  }
}

const TAKEN_BACK = new Error("Accepted, and taken back.");

/** The same answer, and nothing committed: COMMIT checks no more than what SET CONSTRAINTS asks for. */
export function dryRun(
  world: World,
  attempt: () => Promise<unknown>,
): Promise<Refusal | typeof ACCEPTED> {
  return answerTo(world, async () => {
    await attempt();
    await world.sql.query("SET CONSTRAINTS ALL IMMEDIATE");
    throw TAKEN_BACK;
  });
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
  expect(await dryRun(world, attempt)).toBe(ACCEPTED);
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
