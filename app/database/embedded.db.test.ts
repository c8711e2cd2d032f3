import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readServerFile, recoverCluster } from "./embedded-cluster.server.ts";
import { processesIn, startOfProcess, waitUntil } from "./embedded-process.server.ts";
import { startEmbedded, type EmbeddedDatabase } from "./embedded.server.ts";

let dataDir: string;
let started: EmbeddedDatabase[];
let children: ChildProcess[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tiyn-embedded-"));
  await chmod(dataDir, 0o755);
  [started, children] = [[], []];
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  for (const database of started) await database.stop();
  // Whatever a killed child left running is stopped the way the next start does it.
  await recoverCluster(clusterDir(), () => undefined);
  await rm(dataDir, { recursive: true });
});

const clusterDir = () => join(dataDir, "postgres", "cluster");

async function start(lines: string[] = []): Promise<EmbeddedDatabase> {
  const log = (line: string) => lines.push(line);
  const database = await startEmbedded({ dataDir, dataDirIsExplicit: true, log });
  started.push(database);
  return database;
}

/** Another tiyn, in a process and process group of its own. */
async function startElsewhere(): Promise<number> {
  const fixture = join(import.meta.dirname, "embedded-owner.fixture.ts");
  const child = spawn(process.execPath, ["--import", "tsx", fixture, dataDir], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout, "data");
  return child.pid ?? 0;
}

async function serverPid(): Promise<number> {
  return (await readServerFile(clusterDir()))?.pid ?? 0;
}

async function kill(pid: number): Promise<void> {
  process.kill(pid, "SIGKILL");
  await waitUntil(async () => (await startOfProcess(pid)) === null, 5_000);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
  return rows.flatMap((row) => Object.values(row));
}

const writeNote = (url: string) => query(url, "SELECT 'kept' AS body INTO notes");
const readNote = (url: string) => query(url, "SELECT body FROM notes");

async function serverLog(): Promise<string> {
  const logs = await readdir(join(clusterDir(), "log"));
  return (
    await Promise.all(logs.map((name) => readFile(join(clusterDir(), "log", name), "utf8")))
  ).join("");
}

describe("in ordinary life", () => {
  test("starts, keeps its data over a restart, and leaves no process behind", async () => {
    const first = await start();
    await writeNote(first.url);
    await first.stop();
    expect(await processesIn(clusterDir())).toEqual([]);

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await readNote(second.url)).toEqual(["kept"]);
  });

  test("takes another port when its own is in use", async () => {
    const first = await start();
    await first.stop();
    const stranger = createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
    await once(stranger, "listening");
    const second = await start();
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect(await query(second.url, "SELECT 1")).toEqual([1]);
    stranger.close();
  });

  test("knows Cyrillic, listens on this machine only and wants its password", async () => {
    const { url, superuserUrl } = await start();
    expect(await query(url, "SELECT lower('ҚАЗАҚ Ёлка')")).toEqual(["қазақ ёлка"]);
    expect(await query(url, "SHOW listen_addresses")).toEqual(["127.0.0.1"]);
    expect(await query(url, "SHOW fsync")).toEqual(["on"]);
    expect(await query(url, "SELECT usesuper FROM pg_user WHERE usename = current_user")).toEqual([
      false,
    ]);
    expect(await query(superuserUrl, "SELECT current_database()")).toEqual(["tiyn"]);
    const wrong = new URL(url);
    wrong.password = "wrong";
    await expect(query(wrong.href, "SELECT 1")).rejects.toThrow(/password/);
    expect((await stat(join(dataDir, "postgres.json"))).mode & 0o777).toBe(0o600);
  });

  test("Ctrl-C, which reaches the whole process group, ends both in order", async () => {
    const owner = await startElsewhere();
    process.kill(-owner, "SIGINT");
    await waitUntil(async () => (await startOfProcess(owner)) === null, 30_000);
    expect(await processesIn(clusterDir())).toEqual([]);
    expect(await serverLog()).toContain("database system is shut down");
  });

  test("a throwaway one is gone after stop", async () => {
    const database = await startEmbedded({ throwaway: true });
    expect(await query(database.url, "SHOW fsync")).toEqual(["off"]);
    await database.stop();
    await expect(stat(database.dataDir)).rejects.toThrow(/ENOENT/);
  });

  test("tells when the server ends by itself", async () => {
    const database = await start();
    await kill(await serverPid());
    expect(await database.ended).toContain("ready to accept connections");
  });
});

describe("after a crash", () => {
  test("of the server: the next start recovers", async () => {
    const first = await start();
    await writeNote(first.url);
    await kill(await serverPid());
    await first.stop();
    expect(await readNote((await start()).url)).toEqual(["kept"]);
  });

  test("of the app: the orphaned server is stopped first", async () => {
    const owner = await startElsewhere();
    const orphan = await serverPid();
    await kill(owner);
    expect(await startOfProcess(orphan)).not.toBeNull();

    const lines: string[] = [];
    const database = await start(lines);
    expect(lines.join()).toContain(`left running (process ${orphan})`);
    expect(await startOfProcess(orphan)).toBeNull();
    expect(await query(database.url, "SELECT 1")).toEqual([1]);
    expect(await serverLog()).not.toContain("not properly shut down");
  });

  test("of both", async () => {
    const owner = await startElsewhere();
    await kill(await serverPid());
    await kill(owner);
    expect(await query((await start()).url, "SELECT 1")).toEqual([1]);
  });

  test("whose process numbers other programs have meanwhile", async () => {
    const owner = await startElsewhere();
    const server = await serverPid();
    await kill(server);
    await kill(owner);
    // We ourselves are such a program: alive, of the right user, and neither a server nor the owner.
    const file = join(clusterDir(), "postmaster.pid");
    await writeFile(file, (await readFile(file, "utf8")).replace(`${server}`, `${process.pid}`));
    const [lock = ""] = await readdir(join(dataDir, "owner"));
    const text = await readFile(join(dataDir, "owner", lock), "utf8");
    await writeFile(join(dataDir, "owner", lock), text.replace(`${owner}`, `${process.pid}`));
    expect(await query((await start()).url, "SELECT 1")).toEqual([1]);
  });

  test("in the middle of making the cluster", async () => {
    const fixture = join(import.meta.dirname, "embedded-owner.fixture.ts");
    const child = spawn(process.execPath, ["--import", "tsx", fixture, dataDir]);
    const hasDraft = async () =>
      (await readdir(join(dataDir, "postgres")).catch(() => [])).some((name) =>
        name.startsWith("draft-"),
      );
    await waitUntil(hasDraft, 30_000);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await query((await start()).url, "SELECT 1")).toEqual([1]);
    expect(await readdir(join(dataDir, "postgres"))).toEqual(["cluster"]);
  });
});

describe("two on one folder", () => {
  test("the second is refused, told who is there, and disturbs nothing", async () => {
    const owner = await startElsewhere();
    const server = await serverPid();
    await expect(start()).rejects.toThrow(
      new RegExp(`in use by another tiyn \\(process ${owner}, at http://localhost:4321, since `),
    );
    expect(await serverPid()).toBe(server);

    const joined = await startEmbedded({ dataDir, join: true });
    expect(joined.joined).toBe(true);
    expect(await query(joined.url, "SELECT 1")).toEqual([1]);
    await joined.stop();
    expect(await startOfProcess(server)).not.toBeNull();
    process.kill(owner, "SIGINT");
    await waitUntil(async () => (await startOfProcess(owner)) === null, 30_000);
  });
});
