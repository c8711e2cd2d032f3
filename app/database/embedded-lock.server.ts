import { randomBytes } from "node:crypto";
import {
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { DatabaseProblem } from "./database-problem.ts";
import { processSpace, startOfProcess, waitUntil } from "./embedded-process.server.ts";

/** How often an owner shows that it lives, for those who cannot see its process (another container). */
const HEARTBEAT_MS = 5_000;
const HEARTBEAT_LOST_MS = 3 * HEARTBEAT_MS;

export interface Owner {
  pid: number;
  startedAt: string;
  space: string;
  /** Where people reach it, when it said so. */
  address: string | null;
  since: string;
}

export interface Lock {
  release: () => Promise<void>;
}

export class FolderInUse extends DatabaseProblem {
  constructor(
    readonly folder: string,
    readonly owner: Owner,
  ) {
    const where = owner.address === null ? "" : `, at ${owner.address}`;
    super(
      `${folder} is in use by another tiyn (process ${owner.pid}${where}, since ${owner.since}). ` +
        "Stop that one first, or set DATA_DIR to a folder of this one's own.",
    );
  }
}

/**
 * Makes this process the only owner of a data folder, or throws FolderInUse.
 *
 * Owners are numbered files, and the highest number counts. A file is only ever created under a new
 * number (a hard link: it appears whole or fails if the number is taken), and the highest is never
 * deleted, so two who start at once, or both find a dead owner, cannot both win.
 */
export async function lockFolder(folder: string, address: string | null): Promise<Lock> {
  const lockDir = join(folder, "owner");
  await mkdir(lockDir, { recursive: true });
  const owner: Owner = {
    pid: process.pid,
    startedAt: (await startOfProcess(process.pid)) ?? "",
    space: await processSpace(),
    address,
    since: new Date().toISOString(),
  };
  for (;;) {
    const held = await newest(lockDir);
    if (held.owner !== null && (await isAlive(held.owner, held.path))) {
      throw new FolderInUse(folder, held.owner);
    }
    const number = held.number + 1;
    const path = pathOf(lockDir, number);
    if (!(await createWhole(path, owner))) continue;
    if ((await newest(lockDir)).number !== number) {
      // We were so slow that others took and left higher numbers meanwhile.
      await rm(path, { force: true });
      continue;
    }
    await removeOlder(lockDir, number);
    return keep(path);
  }
}

/** The living owner of a data folder, if there is one. */
export async function ownerOf(folder: string): Promise<Owner | null> {
  const { owner, path } = await newest(join(folder, "owner"));
  return owner !== null && (await isAlive(owner, path)) ? owner : null;
}

function keep(path: string): Lock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    async release() {
      clearInterval(heartbeat);
      const empty = temporaryName(path);
      await writeFile(empty, "null");
      await rename(empty, path);
    },
  };
}

async function isAlive(owner: Owner, path: string): Promise<boolean> {
  if (owner.space === (await processSpace())) {
    return (await startOfProcess(owner.pid)) === owner.startedAt;
  }
  // The machine was restarted, or the owner lives in another container or on another machine.
  const seen = await modifiedAt(path);
  const silentFor = Date.now() - seen;
  if (silentFor > HEARTBEAT_LOST_MS) return false;
  return waitUntil(async () => (await modifiedAt(path)) !== seen, HEARTBEAT_LOST_MS);
}

interface Held {
  number: number;
  path: string;
  /** Null: nobody, or released. */
  owner: Owner | null;
}

async function newest(lockDir: string): Promise<Held> {
  const number = Math.max(0, ...(await numbers(lockDir)));
  const path = pathOf(lockDir, number);
  // An unreadable file is one that lost its content in a power cut: no owner of it can be alive.
  const text = await readFile(path, "utf8").catch(() => "null");
  return { number, path, owner: parseOwner(text) };
}

function parseOwner(text: string): Owner | null {
  try {
    const value = JSON.parse(text) as Owner | null;
    return typeof value?.pid === "number" ? value : null;
  } catch {
    return null;
  }
}

async function createWhole(path: string, owner: Owner): Promise<boolean> {
  const draft = temporaryName(path);
  await writeFile(draft, JSON.stringify(owner), { flag: "wx" });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function removeOlder(lockDir: string, number: number): Promise<void> {
  const older = (await numbers(lockDir)).filter((other) => other < number);
  await Promise.all(older.map((other) => rm(pathOf(lockDir, other), { force: true })));
}

async function numbers(lockDir: string): Promise<number[]> {
  const names = await readdir(lockDir).catch(() => []);
  return names.flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? []).map(Number);
}

async function modifiedAt(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.mtimeMs,
    () => 0,
  );
}

const pathOf = (lockDir: string, number: number) => join(lockDir, `${number}.json`);
const temporaryName = (path: string) => `${path}.${randomBytes(6).toString("hex")}`;
