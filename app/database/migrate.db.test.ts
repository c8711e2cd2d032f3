import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { applyMigrations, schemaDrift } from "./migrate.server.ts";

/** A function whose body holds semicolons: what a naive splitter cuts into pieces. */
const NOTES = `
CREATE TABLE notes (id serial PRIMARY KEY, body text NOT NULL);
CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.body := upper(NEW.body);
  RETURN NEW;
END;
$$;
CREATE TRIGGER notes_shout BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION shout();
-- the last line is a comment, without a line break after it`;

let migrationsDir: string;
let url: string;
let client: pg.Client;

// An empty database for each test: the migrated one that useTestDatabase() copies would not do.
beforeEach(async () => {
  migrationsDir = await mkdtemp(join(tmpdir(), "tiyn-migrations-"));
  await write("1_notes", NOTES);
  const admin = new URL(inject("templateUrl"));
  admin.pathname = "/postgres";
  const name = `migrate_${process.hrtime.bigint()}`;
  const apart = new pg.Client(admin.href);
  await apart.connect();
  await apart.query(`CREATE DATABASE ${name}`);
  await apart.end();
  admin.pathname = `/${name}`;
  url = admin.href;
  client = new pg.Client(url);
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await rm(migrationsDir, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(migrationsDir, name), { recursive: true });
  await writeFile(join(migrationsDir, name, "migration.sql"), sql);
}

test("applies what is new, in order, and nothing twice", async () => {
  expect(await applyMigrations(url, { migrationsDir })).toEqual(["1_notes"]);
  expect(await applyMigrations(url, { migrationsDir })).toEqual([]);
  await write("2_more", "ALTER TABLE notes ADD COLUMN at timestamptz");
  expect(await applyMigrations(url, { migrationsDir })).toEqual(["2_more"]);

  await client.query("INSERT INTO notes (body) VALUES ('Ёлка')");
  const { rows } = await client.query("SELECT body, at FROM notes");
  expect(rows).toEqual([{ body: "ЁЛКА", at: null }]);
});

test("copies that start at once wait for each other", async () => {
  await write("2_slow", "SELECT pg_sleep(0.3); CREATE TABLE slow (id int)");
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const start = () => applyMigrations(url, { migrationsDir, log });
  const applied = await Promise.all([start(), start(), start()]);
  expect(applied.flat().sort()).toEqual(["1_notes", "2_slow"]);
  expect(lines.join()).toContain("waiting for it");
});

test("a migration that fails leaves nothing, says where, and may be mended", async () => {
  await write("2_wrong", "CREATE TABLE half (id int);\nALTER TABLE nots ADD COLUMN x int");
  await expect(applyMigrations(url, { migrationsDir })).rejects.toThrow(
    /2_wrong failed.*nothing of it was applied.*"nots" does not exist/,
  );
  const half = await client.query("SELECT to_regclass('half') AS half");
  expect(half.rows).toEqual([{ half: null }]);

  await write("2_wrong", "CREATE TABLE half (id int);\nALTER TABLE notes ADD COLUMN x int");
  expect(await applyMigrations(url, { migrationsDir })).toEqual(["2_wrong"]);
});

test("one that was interrupted runs again", async () => {
  await applyMigrations(url, { migrationsDir });
  // What a power cut in the middle of a migration leaves: its record without its work.
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
     VALUES ('cut', '', '2_more', now(), 0)`,
  );
  await write("2_more", "CREATE TABLE more (id int)");
  expect(await applyMigrations(url, { migrationsDir })).toEqual(["2_more"]);
});

test("a change to an applied migration is refused by name", async () => {
  await applyMigrations(url, { migrationsDir });
  await write("1_notes", `${NOTES}\n-- changed`);
  await expect(applyMigrations(url, { migrationsDir })).rejects.toThrow(/1_notes was changed/);
});

test("a database of a newer version is refused", async () => {
  await write("2_newer", "CREATE TABLE newer (id int)");
  await applyMigrations(url, { migrationsDir });
  await rm(join(migrationsDir, "2_newer"), { recursive: true });
  await expect(applyMigrations(url, { migrationsDir })).rejects.toThrow(/2_newer.*newer tiyn/);
});

test("the difference to schema.prisma is SQL, or nothing", async () => {
  await applyMigrations(url, { migrationsDir });
  const schemaFile = join(migrationsDir, "schema.prisma");
  const model = (fields: string) =>
    `datasource db {\n  provider = "postgresql"\n}\nmodel notes {\n  id Int @id @default(autoincrement())\n${fields}\n}\n`;
  await writeFile(schemaFile, model("  body String"));
  expect(await schemaDrift(url, schemaFile)).toBe("");
  await writeFile(schemaFile, model("  body String\n  due DateTime?"));
  expect(await schemaDrift(url, schemaFile)).toMatch(/ALTER TABLE "notes" ADD COLUMN\s+"due"/);
});
