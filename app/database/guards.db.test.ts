/** guard-names.ts is the catalogue of a freshly migrated database, and missingGuards() notices what is gone. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GUARD_CONSTRAINTS, GUARD_TRIGGERS, GUARD_UNIQUE_INDEXES } from "./guard-names";
import {
  checkGuards,
  GuardsMissing,
  guardsInPlace,
  missingGuards,
  requireGuards,
} from "./guards.server";
import { useTestDatabase } from "./test-database";

const url = useTestDatabase();

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client(url);
  await client.connect();
});
afterAll(() => client.end());

const ALL_GUARDS = [...GUARD_CONSTRAINTS, ...GUARD_TRIGGERS, ...GUARD_UNIQUE_INDEXES];
const TABLES = [...new Set(ALL_GUARDS.map((guard) => tableAndName(guard).table))];

function tableAndName(guard: string): { table: string; name: string } {
  const [table = "", name = ""] = guard.split(".");
  return { table, name };
}

async function texts(text: string, ...values: unknown[]): Promise<string[]> {
  const { rows } = await client.query<string[]>({ text, values, rowMode: "array" });
  return rows.flat();
}

// Checks and foreign keys. NOT NULL and the types are columns, which Prisma would miss itself.
const CONSTRAINTS = `
  SELECT r.relname || '.' || c.conname
  FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
  WHERE c.contype IN ('c', 'f') AND r.relname = ANY ($1) ORDER BY 1`;
const TRIGGERS = `
  SELECT r.relname || '.' || t.tgname
  FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
  WHERE NOT t.tgisinternal AND r.relname = ANY ($1) ORDER BY 1`;
// A lone id is a number given once by its sequence, and no rule of its own.
const UNIQUE_INDEXES = `
  SELECT r.relname || '.' || x.relname
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class r ON r.oid = i.indrelid
  WHERE i.indisunique AND pg_get_indexdef(x.oid) NOT LIKE '%(id)' AND r.relname = ANY ($1) ORDER BY 1`;

describe("the list of guards", () => {
  const catalogues: [string, string, readonly string[]][] = [
    ["constraints", CONSTRAINTS, GUARD_CONSTRAINTS],
    ["triggers", TRIGGERS, GUARD_TRIGGERS],
    ["unique indexes", UNIQUE_INDEXES, GUARD_UNIQUE_INDEXES],
  ];
  test.each(catalogues)("has none of the %s that are not there", async (_, catalogue, listed) => {
    const present = await texts(catalogue, TABLES);
    expect(listed.filter((name) => !present.includes(name))).toEqual([]);
  });

  test.each(catalogues)("has all the %s that are there", async (_, catalogue, listed) => {
    const unlisted = (await texts(catalogue, TABLES)).filter((name) => !listed.includes(name));
    expect(unlisted).toEqual([]);
  });

  test("has nothing twice", () => {
    expect(new Set(ALL_GUARDS).size).toBe(ALL_GUARDS.length);
  });
});

/** What the app misses while `breaking` is in force; `restoring` puts it right again. */
async function missingWhile(breaking: string, restoring: string): Promise<string[]> {
  await client.query(breaking);
  try {
    return await missingGuards();
  } finally {
    await client.query(restoring);
  }
}

describe("the app", () => {
  test("misses nothing in a migrated database", async () => {
    expect(await missingGuards()).toEqual([]);
  });

  // Among them the deferred ones, which have a row in pg_constraint that stays.
  test.each(GUARD_TRIGGERS)("misses %s when it is switched off", async (guard) => {
    const { table, name } = tableAndName(guard);
    const enable = `ALTER TABLE ${table} ENABLE TRIGGER ${name}`;
    const disable = `ALTER TABLE ${table} DISABLE TRIGGER ${name}`;
    expect(await missingWhile(disable, enable)).toEqual([guard]);
  });

  test("misses a trigger that is dropped, and one that fires on replicas alone", async () => {
    const name = "issues_legal_move";
    const [definition = ""] = await texts(
      "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = $1",
      name,
    );
    const guard = [`issues.${name}`];
    expect(await missingWhile(`DROP TRIGGER ${name} ON issues`, definition)).toEqual(guard);
    const onReplicas = `ALTER TABLE issues ENABLE REPLICA TRIGGER ${name}`;
    const everywhere = `ALTER TABLE issues ENABLE TRIGGER ${name}`;
    expect(await missingWhile(onReplicas, everywhere)).toEqual(guard);
  });

  test.each(GUARD_CONSTRAINTS)("misses %s when it is dropped", async (guard) => {
    const { table, name } = tableAndName(guard);
    const [definition = ""] = await texts(
      "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = $1",
      name,
    );
    const drop = `ALTER TABLE ${table} DROP CONSTRAINT ${name}`;
    const add = `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`;
    expect(await missingWhile(drop, add)).toEqual([guard]);
  });

  test("misses a constraint that was never validated", async () => {
    const name = "issue_payouts_sign";
    const drop = `ALTER TABLE issue_payouts DROP CONSTRAINT ${name}`;
    const add = `ALTER TABLE issue_payouts ADD CONSTRAINT ${name} CHECK (seq >= 1 AND amount <> 0 AND (seq % 2 = 1) = (amount > 0))`;
    expect(await missingWhile(`${drop}; ${add} NOT VALID`, `${drop}; ${add}`)).toEqual([
      `issue_payouts.${name}`,
    ]);
  });

  test.each(GUARD_UNIQUE_INDEXES)("misses %s when it is dropped", async (guard) => {
    const { name } = tableAndName(guard);
    const hanging = await foreignKeysOn(name);
    const { drop, create } = await indexStatements(guard);
    const restore = [create, ...hanging.map(({ add }) => add)].join("; ");
    const missing = await missingWhile(drop, restore);
    expect(missing).toContain(guard);
    expect(hanging.map((key) => key.name)).toEqual(
      expect.arrayContaining(missing.filter((other) => other !== guard)),
    );
  });
});

/** The foreign keys that go when the index goes. */
async function foreignKeysOn(index: string): Promise<{ name: string; add: string }[]> {
  const text = `
    SELECT c.conrelid::regclass || '.' || c.conname AS name,
           format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) AS add
    FROM pg_constraint c WHERE c.contype = 'f' AND c.conindid = $1::regclass`;
  return (await client.query<{ name: string; add: string }>(text, [index])).rows;
}

async function indexStatements(guard: string): Promise<{ drop: string; create: string }> {
  const { table, name } = tableAndName(guard);
  const [key] = await texts(
    "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = $1 AND contype = 'p'",
    name,
  );
  if (key !== undefined) {
    const drop = `ALTER TABLE ${table} DROP CONSTRAINT ${name} CASCADE`;
    return { drop, create: `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${key}` };
  }
  const [create = ""] = await texts("SELECT pg_get_indexdef($1::regclass)", name);
  return { drop: `DROP INDEX ${name} CASCADE`, create };
}

describe("payments", () => {
  const name = "issue_payouts_append_only";
  const disable = `ALTER TABLE issue_payouts DISABLE TRIGGER ${name}`;
  const enable = `ALTER TABLE issue_payouts ENABLE TRIGGER ${name}`;

  test("are refused while a guard is missing, and go on once it is back", async () => {
    await checkGuards();
    await requireGuards();
    await client.query(disable);
    expect(await guardsInPlace()).toBe(false);
    await expect(requireGuards()).rejects.toThrow(GuardsMissing);
    await expect(requireGuards()).rejects.toMatchObject({ missing: [`issue_payouts.${name}`] });
    await client.query(enable);
    expect(await guardsInPlace()).toBe(true);
    await requireGuards();
  });
});
