/** What was backed up comes back, whole and unlocked by nobody but an admin (DESIGN 9). */
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { examine } from "~/models/doctor.server";
import { openBackupFile } from "./backup-file.server";
import { ask, rowsOf, startWriting, useBackupPlace } from "./backup.fixture";
import { writeBackup } from "./backup.server";
import { restoreInPlace } from "./restore-replace.server";
import { restoreInto } from "./restore.server";
import { useTestDatabase } from "./test-database";

const url = useTestDatabase();
const place = useBackupPlace(url);
const VERSION = "0.1.0";
const quiet = () => undefined;
const restore = async (file: string, into: string) =>
  restoreInto({ url: into, ownerUrl: null }, await openBackupFile(file), quiet);

async function findings(of: string) {
  const client = new pg.Client(of);
  await client.connect();
  const examined = await examine(client).finally(() => client.end());
  return examined.filter(({ offenders }) => offenders > 0);
}

const APPEND_ONLY = ["issue_payouts", "issue_events", "operation_keys", "audit_log", "users"];

test("taken under 12 writers: one snapshot comes back, the doctor finds it sound, the totals agree", async () => {
  const file = place.file("busy.backup");
  const writing = await startWriting(12);
  await writing.untilWrites(120);
  const before = { filed: [...writing.filed], paid: [...writing.paid] };
  const { header } = await writeBackup(url, file, VERSION);
  const writesMeanwhile = writing.filed.length - before.filed.length;
  await writing.untilWrites(writing.filed.length + writing.paid.length + 24);
  await writing.stop();
  expect(writesMeanwhile).toBeGreaterThan(0);

  const restored = await place.emptyDatabase();
  await restore(file, restored);
  expect(await findings(restored)).toEqual([]);
  for (const { name, rows } of header.tables) {
    const added = name === "restorations" ? 1 : 0;
    const [counted] = await ask(restored, `SELECT count(*)::int AS rows FROM ${name}`);
    expect({ name, ...counted }).toEqual({ name, rows: rows + added });
  }
  const [paid] = await ask(restored, "SELECT sum(amount)::text AS paid FROM issue_payouts");
  expect(paid).toEqual({ paid: header.paid.KZT });
  const has = async (sql: string) => (await ask<{ id: number }>(restored, sql)).map(({ id }) => id);
  // What was answered before the backup began is in it.
  expect(await has("SELECT id FROM issues")).toEqual(expect.arrayContaining(before.filed));
  expect(await has("SELECT issue_id AS id FROM issue_payouts")).toEqual(
    expect.arrayContaining(before.paid),
  );
  // And nothing that never was.
  for (const table of APPEND_ONLY) {
    const live = new Set(await rowsOf(url, table));
    expect((await rowsOf(restored, table)).filter((row) => !live.has(row))).toEqual([]);
  }
});

test("in quiet every row comes back as it was, and every rule is in force again", async () => {
  const file = place.file("quiet.backup");
  const admin = "SELECT id FROM users WHERE role = 'admin' LIMIT 1";
  await ask(
    url,
    `INSERT INTO sessions (token_hash, user_id, expires_at)
     SELECT repeat('a', 64), id, now() + interval '1 day' FROM (${admin}) a`,
  );
  await ask(
    url,
    `WITH job AS (INSERT INTO suggestion_jobs (kind, issue_id, content_hash)
                  SELECT 'intake', min(id), repeat('a', 64) FROM issues RETURNING id),
          made AS (INSERT INTO suggestion_calls (job_id, model, reserved_tokens) SELECT id, 'a model', 9 FROM job RETURNING 1)
     INSERT INTO cycle_reports (cycle_id, version, body, kept_by, key)
     SELECT min(c.id), 1, '# All well', (${admin}), 'k' FROM test_cycles c, made`,
  );
  const { header } = await writeBackup(url, file, VERSION);
  const restored = await place.emptyDatabase();
  await restore(file, restored);
  for (const { name } of header.tables) {
    if (["sessions", "invites", "restorations"].includes(name)) continue;
    expect(await rowsOf(restored, name)).toEqual(await rowsOf(url, name));
  }
  expect(await ask(restored, "SELECT FROM sessions WHERE ended_at IS NULL")).toEqual([]);
  expect(await ask(restored, "SELECT FROM pg_trigger WHERE tgenabled NOT IN ('O', 'A')")).toEqual(
    [],
  );
  await expect(ask(restored, "DELETE FROM issue_payouts")).rejects.toThrow("append");
  // Numbers go on where they were.
  const [next] = await ask<{ ok: boolean }>(
    restored,
    "SELECT nextval('issues_id_seq') > max(id) AS ok FROM issues",
  );
  expect(next?.ok).toBe(true);
  expect(await ask(restored, "SELECT backup_at FROM restorations")).toEqual([
    { backup_at: new Date(header.at) },
  ]);
});

test("a file is never overwritten, is its owner's alone, and leaves nothing unfinished", async () => {
  const file = place.file("once.backup");
  await writeFile(file, "precious");
  await expect(writeBackup(url, file, VERSION)).rejects.toThrow("never overwrites");
  expect(await readFile(file, "utf8")).toBe("precious");
  const other = place.file("mine.backup");
  await writeBackup(url, other, VERSION);
  expect((await stat(other)).mode & 0o777).toBe(0o600);
  expect((await readdir(place.folder())).filter((name) => name.includes("unfinished"))).toEqual([]);
});

test("one changed byte anywhere, a cut end, another file: refused before anything is touched", async () => {
  const good = place.file("good.backup");
  await writeBackup(url, good, VERSION);
  const bytes = await readFile(good);
  const bad = place.file("bad.backup");
  const damages = [40, bytes.length >> 1, bytes.length - 1].map((at) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  });
  for (const damage of [
    ...damages,
    bytes.subarray(0, -1),
    bytes.subarray(0, 5000),
    bytes.subarray(0, 20),
  ]) {
    await writeFile(bad, damage);
    await expect(openBackupFile(bad)).rejects.toThrow(/damaged|not a backup/);
  }
  for (const text of ["", "date,amount\n", "{}\n"]) {
    await writeFile(bad, text);
    await expect(openBackupFile(bad)).rejects.toThrow("not a backup");
  }
  await expect(openBackupFile(place.file("nowhere"))).rejects.toThrow("Cannot read");
});

test("a database where somebody is already is left as it is", async () => {
  const file = place.file("onto.backup");
  await writeBackup(url, file, VERSION);
  const users = await rowsOf(url, "users");
  await expect(restore(file, url)).rejects.toThrow("not empty");
  expect(await rowsOf(url, "users")).toEqual(users);
  expect(await rowsOf(url, "restorations")).toEqual([]);
});

test("migrations that this tiyn does not know, or knows otherwise, are refused", async () => {
  const file = place.file("newer.backup");
  await writeBackup(url, file, VERSION);
  const backup = await openBackupFile(file);
  const into = { url: await place.emptyDatabase(), ownerUrl: null };
  const [first, ...rest] = backup.header.migrations;
  if (!first) throw new Error("There are migrations.");
  for (const [migrations, words] of [
    [[...backup.header.migrations, { name: "29990101_x", checksum: "" }], "does not know"],
    [[{ ...first, checksum: "0" }, ...rest], "another text"],
  ] as const) {
    const header = { ...backup.header, migrations };
    await expect(restoreInto(into, { ...backup, header }, quiet)).rejects.toThrow(words);
  }
  // Rows that do not come as announced leave the database without anybody, ready for another try.
  const tables = backup.header.tables.map((table) =>
    table.name === "issues" ? { ...table, rows: table.rows + 1 } : table,
  );
  const short = { ...backup, header: { ...backup.header, tables } };
  await expect(restoreInto(into, short, quiet)).rejects.toThrow("rows of issues");
  expect(await rowsOf(into.url, "users")).toEqual([]);
  await restoreInto(into, backup, quiet);
  expect(await findings(into.url)).toEqual([]);
});

test("replaced: the old database stays under another name; while tiyn runs, nothing happens", async () => {
  const file = place.file("replace.backup");
  await writeBackup(url, file, VERSION);
  const backup = await openBackupFile(file);
  const target = await place.emptyDatabase();
  await restore(file, target);
  await ask(target, "UPDATE users SET name = 'Later' WHERE role = 'admin'");
  const urls = { url: target, ownerUrl: null };
  const now = new Date("2026-11-24T03:00:00Z");

  const app = new pg.Client(target);
  await app.connect();
  await expect(restoreInPlace(urls, backup, { now, log: quiet })).rejects.toThrow("Stop tiyn");
  await app.end();

  const kept = await restoreInPlace(urls, backup, { now, log: quiet });
  place.willDrop(kept);
  expect(kept).toMatch(/_before_20261124030000$/);
  expect(await rowsOf(target, "users")).toEqual(await rowsOf(url, "users"));
  const old = await ask<{ name: string }>(place.sibling(kept), "SELECT name FROM users");
  expect(old.map(({ name }) => name)).toContain("Later");
});
