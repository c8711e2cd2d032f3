import { chown, mkdtemp, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseProblem } from "./database-problem.ts";
import { runAs } from "./embedded-account.server.ts";
import type { Binaries } from "./embedded-binaries.server.ts";
import type { Place } from "./embedded-place.server.ts";
import { isServerOf, processesIn, waitUntil } from "./embedded-process.server.ts";

export const SUPERUSER = "postgres";

/** A fast shutdown only has to end sessions and write a checkpoint; a slow disk may take its time over that. */
export const FAST_SHUTDOWN_MS = 60_000;
const LEFTOVER_MS = 10_000;

/**
 * Creates a cluster. C.UTF-8 of PostgreSQL's own "builtin" provider sorts and folds case by its own
 * Unicode tables, so Russian and Kazakh text behave alike on every machine, whatever its C library.
 * It is made beside its place and moved there whole, so that an interrupted start leaves no half of one.
 */
export async function createCluster(
  place: Place,
  binaries: Binaries,
  password: string,
  throwaway: boolean,
): Promise<void> {
  await removeDrafts(place.serverDir);
  const draft = await mkdtemp(join(place.serverDir, "draft-"));
  const { account } = place;
  if (account !== null) await chown(draft, account.uid, account.gid);
  const passwordFile = join(draft, "password");
  const cluster = join(draft, "cluster");
  try {
    const file = await open(passwordFile, "wx", 0o600);
    await file.writeFile(password);
    if (account !== null) await file.chown(account.uid, account.gid);
    await file.close();
    const made = await runAs(account, binaries.initdb, [
      ...["--pgdata", cluster, "--username", SUPERUSER, "--pwfile", passwordFile],
      ...["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-instructions"],
      ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--text-search-config=simple"],
      ...(throwaway ? ["--no-sync"] : []),
    ]);
    if (!made.ok)
      throw new DatabaseProblem(`PostgreSQL could not create its data folder:\n${made.output}`);
    await rename(cluster, place.clusterDir);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** What a server wrote about itself into its data folder, or null when there is no server. */
export async function readServerFile(
  clusterDir: string,
): Promise<{ pid: number; port: number; ready: boolean } | null> {
  const text = await readFile(join(clusterDir, "postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/**
 * Makes the data folder of a dead owner usable: ends a server that outlived it, waits for server
 * processes whose parent was killed, and clears a number that another program has meanwhile.
 * The caller holds the folder's lock.
 */
export async function recoverCluster(
  clusterDir: string,
  log: (line: string) => void,
): Promise<void> {
  const left = await readServerFile(clusterDir);
  if (left !== null && (await isServerOf(left.pid, clusterDir))) {
    log(`Stopping the database server that an earlier tiyn left running (process ${left.pid}).`);
    await signalAndWait(left.pid, clusterDir);
  }
  const isQuiet = async () => (await processesIn(clusterDir)).length === 0;
  if (!(await waitUntil(isQuiet, LEFTOVER_MS))) {
    // They notice their parent's death as soon as they are idle; SIGQUIT ends the busy ones.
    for (const pid of await processesIn(clusterDir)) signal(pid, "SIGQUIT");
    if (!(await waitUntil(isQuiet, LEFTOVER_MS))) {
      const pids = (await processesIn(clusterDir)).join(", ");
      throw new DatabaseProblem(
        `Processes ${pids} still use ${clusterDir} and do not end. Stop them first.`,
      );
    }
  }
  const stale = await readServerFile(clusterDir);
  if (stale !== null && !(await isServerOf(stale.pid, clusterDir))) {
    // PostgreSQL would believe a program of our account with that number to be its server.
    await rm(join(clusterDir, "postmaster.pid"), { force: true });
  }
}

async function signalAndWait(pid: number, clusterDir: string): Promise<void> {
  const isGone = async () => !(await isServerOf(pid, clusterDir));
  // SIGINT is PostgreSQL's "fast shutdown"; SIGQUIT leaves the rest to the next start's recovery.
  signal(pid, "SIGINT");
  if (await waitUntil(isGone, FAST_SHUTDOWN_MS)) return;
  signal(pid, "SIGQUIT");
  if (await waitUntil(isGone, LEFTOVER_MS)) return;
  throw new DatabaseProblem(
    `The database server ${pid} in ${clusterDir} does not stop. Stop it first.`,
  );
}

/** One that ended since we looked needs no signal any more. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** A killed start leaves an initdb that still writes into its draft, for a second or so. */
async function removeDrafts(serverDir: string): Promise<void> {
  const drafts = (await readdir(serverDir)).filter((name) => name.startsWith("draft-"));
  await Promise.all(drafts.map((name) => removeDraft(join(serverDir, name))));
}

async function removeDraft(draft: string): Promise<void> {
  const isRemoved = () =>
    rm(draft, { recursive: true, force: true }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOTEMPTY" || error.code === "EBUSY") return false;
        throw error;
      },
    );
  if (!(await waitUntil(isRemoved, LEFTOVER_MS)))
    throw new DatabaseProblem(
      `Another program still writes into ${draft}. Stop it, and start tiyn again.`,
    );
}
