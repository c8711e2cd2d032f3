import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db } from "~/database/client.server";
import { ownerOf } from "~/database/embedded-lock.server";
import { type EmbeddedDatabase, startEmbedded } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import { AppProcess, freePort, until } from "./kill.fixture";

// One copy of the app in several processes (crew.ts). Needs the production build, and Linux to see who runs.

const COUNT = 3;

let database: EmbeddedDatabase;
let app: AppProcess;

beforeAll(async () => {
  database = await startEmbedded({ throwaway: true });
  process.env.DATABASE_URL = database.url;
  await applyMigrations(database.url);
  app = await AppProcess.create(database.url, { WEB_CONCURRENCY: String(COUNT) });
});

afterEach(() => app.kill("SIGTERM"));

afterAll(async () => {
  await closeDatabase();
  await database.stop();
});

/** The processes with worker.ts that this one started. */
async function workersOf(pid: number): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const isOurs = await Promise.all(
    pids.map(async (each) => {
      const [stat, command] = await Promise.all(
        ["stat", "cmdline"].map((name) =>
          readFile(`/proc/${each}/${name}`, "utf8").catch(() => ""),
        ),
      );
      const parent = Number(stat?.split(") ").at(-1)?.split(" ")[1]);
      return parent === pid && (command ?? "").includes("worker.ts");
    }),
  );
  return pids.filter((_, index) => isOurs[index]);
}

const isGone = (pid: number) =>
  readlink(`/proc/${pid}/exe`).then(
    () => false,
    () => true,
  );
const allGone = async (pids: readonly number[]) =>
  (await Promise.all(pids.map(isGone))).every(Boolean);

/** 0 where nobody answers: what a process was handed in the moment of its death is lost, as with any killed server. */
const healthAt = (origin: string, timeoutMs = 15_000) =>
  fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(timeoutMs) }).then(
    ({ status }) => status,
    () => 0,
  );
const health = (timeoutMs?: number) => healthAt(app.origin, timeoutMs);

/** app.start() returns when the first of them answers; the others may still be connecting. */
async function startAll(): Promise<void> {
  await app.start();
  const many = () => Promise.all(Array.from({ length: 30 }, () => health()));
  await until(async () => (await many()).every((status) => status === 200));
}

describe(`${COUNT} processes on one port`, () => {
  test("answer together, one of them looks as the doctor, and SIGTERM ends all of them with 0", async () => {
    await startAll();
    const workers = await workersOf(app.pid);
    expect(workers).toHaveLength(COUNT);
    await until(async () => (await db().doctorRun.count()) > 0);
    expect(await app.kill("SIGTERM")).toBe(0);
    expect(await allGone(workers)).toBe(true);
    expect(await db().doctorRun.count({ where: { origin: "app" } })).toBe(1);
  });

  test("a killed one is replaced, and the others answer meanwhile", async () => {
    await startAll();
    const [killed = 0, ...others] = await workersOf(app.pid);
    process.kill(killed, "SIGKILL");
    const answers: number[] = [];
    await until(async () => {
      answers.push(await health());
      return (await workersOf(app.pid)).length === COUNT && (await isGone(killed));
    });
    expect(answers.filter((status) => status !== 200).length).toBeLessThanOrEqual(1);
    const now = await workersOf(app.pid);
    expect(now).toEqual(expect.arrayContaining(others));
    expect(now).not.toContain(killed);
  });

  test("after all were killed at once it answers again", async () => {
    await app.start();
    const before = await workersOf(app.pid);
    for (const pid of before) process.kill(pid, "SIGKILL");
    await until(() => allGone(before));
    await until(async () => (await health()) === 200);
    expect(await workersOf(app.pid)).toHaveLength(COUNT);
    expect(await app.kill("SIGTERM")).toBe(0);
  });

  test("a request under way is answered before SIGTERM ends them", async () => {
    await startAll();
    const workers = await workersOf(app.pid);
    const locker = new pg.Client(database.url);
    await locker.connect();
    await locker.query("BEGIN; LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE");
    const cookie = `tiyn_session=${"s".repeat(43)}`;
    const answer = fetch(`${app.origin}/login`, { headers: { cookie } });
    await until(isSessionAwaited);
    const ended = app.kill("SIGTERM");
    // They hear of it, and take no more requests. One handed to them in the last moment may wait until they have ended:
    // asking must take less than GRACE_MS, which is what the request under way has left.
    await until(async () => (await health(1_000)) === 0);
    expect(await allGone(workers)).toBe(false);
    await locker.query("COMMIT");
    await locker.end();
    expect((await answer).status).toBe(200);
    expect(await ended).toBe(0);
    expect(await allGone(workers)).toBe(true);
  });

  test("kill -9 of the first process leaves none of the others, and the next start works", async () => {
    await app.start();
    const workers = await workersOf(app.pid);
    await app.kill("SIGKILL");
    await until(() => allGone(workers));
    await startAll();
  });

  test("a port that somebody has is said so, and nothing is left of the start", async () => {
    await app.start();
    const second = spawnServer({ PORT: new URL(app.origin).port, DATABASE_URL: database.url });
    const { code, output } = await endOf(second);
    expect(code).toBe(1);
    expect(output).toContain(`Port ${new URL(app.origin).port} on 127.0.0.1 is in use`);
    expect(await health()).toBe(200);
  });
});

/** A request waits to learn whose it is. (The doctor, too, may be waiting for the table.) */
async function isSessionAwaited(): Promise<boolean> {
  const waiting = await db().$queryRaw<unknown[]>`
    SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%AS "sessionId"%'`;
  return waiting.length > 0;
}

function spawnServer(env: Readonly<Record<string, string>>): ChildProcess {
  const own: NodeJS.ProcessEnv = { ...process.env, ...env };
  // With its own database it has its own secret, too.
  if (!env.DATABASE_URL) for (const name of ["DATABASE_URL", "SESSION_SECRET"]) delete own[name];
  return spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...own, HOST: "127.0.0.1", WEB_CONCURRENCY: "2", LOG_LEVEL: "silent" },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, as a terminal has.
    detached: true,
  });
}

function endOf(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}

describe("npm start with its own database and two processes", () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "tiyn-processes-"));
    // As root the database runs as somebody else, who has to get there.
    await chmod(dataDir, 0o755);
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  test("replaces those that were killed; Ctrl-C, which a terminal sends to all, stops everything in order", async () => {
    const port = String(await freePort());
    const child = spawnServer({ PORT: port, DATA_DIR: dataDir });
    const ended = endOf(child);
    await until(async () => (await healthAt(`http://127.0.0.1:${port}`)) === 200);
    const before = await workersOf(child.pid ?? 0);
    expect(before).toHaveLength(2);
    for (const pid of before) process.kill(pid, "SIGKILL");
    await until(() => allGone(before));
    await until(async () => (await healthAt(`http://127.0.0.1:${port}`)) === 200);
    const workers = await workersOf(child.pid ?? 0);
    process.kill(-(child.pid ?? 0), "SIGINT");
    const { code, output } = await ended;
    expect({ code, isCalm: !/error/i.test(output) }).toEqual({ code: 0, isCalm: true });
    expect(await allGone(workers)).toBe(true);
    expect(await ownerOf(dataDir)).toBeNull();
  });
});
