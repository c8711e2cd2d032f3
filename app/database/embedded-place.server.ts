import { createHash } from "node:crypto";
import {
  access,
  chmod,
  chown,
  constants,
  mkdir,
  mkdtemp,
  realpath,
  rm,
  stat,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseProblem } from "./database-problem.ts";
import {
  canWriteIn,
  databaseAccount,
  firstClosedFolder,
  makePassableFolder,
  type Account,
} from "./embedded-account.server.ts";
import { SYSTEM_DIR } from "./embedded-binaries.server.ts";

export const THROWAWAY_PREFIX = "tiyn-throwaway-";
/** The later ones for when root's own temporary folder is closed to the database's account. */
export const THROWAWAY_PARENTS = [...new Set([tmpdir(), "/tmp", "/var/tmp"])];

/** A data folder, and the account that the database in it runs as. */
export interface Place {
  dataDir: string;
  /** Belongs to the account; `clusterDir` is in it, and drafts of it while it is made. */
  serverDir: string;
  clusterDir: string;
  account: Account | null;
}

/**
 * The data folder asked for, or, when root's own folders keep the database's account out of it and
 * nobody chose it on purpose, one in /var/lib that stays the same for this project.
 */
export async function choosePlace(
  wanted: { dataDir: string; explicit: boolean },
  log: (line: string) => void,
): Promise<Place> {
  const dataDir = resolve(wanted.dataDir);
  const elsewhere = systemFolderFor(dataDir);
  if (!wanted.explicit && !(await hasCluster(dataDir)) && (await hasCluster(elsewhere))) {
    log(`The database is in ${elsewhere}, where an earlier start put it.`);
    return openPlace(elsewhere);
  }
  const place = await openPlace(dataDir);
  if (place.account === null || (await canWriteIn(place.account, place.serverDir))) return place;
  if (wanted.explicit || (await hasCluster(dataDir))) {
    throw new DatabaseProblem(await unreachable(place.account, place.serverDir));
  }
  log(
    `The account ${place.account.name} cannot reach ${dataDir}, so the database is in ${elsewhere}.`,
  );
  const other = await openPlace(elsewhere);
  if (other.account !== null && !(await canWriteIn(other.account, other.serverDir))) {
    throw new DatabaseProblem(await unreachable(other.account, other.serverDir));
  }
  return other;
}

/** A new folder for a cluster that lasts no longer than this process. */
export async function chooseThrowawayPlace(): Promise<Place> {
  let problem = "";
  for (const parent of THROWAWAY_PARENTS) {
    const dataDir = await mkdtemp(join(parent, THROWAWAY_PREFIX)).catch(() => null);
    if (dataDir === null) continue;
    await chmod(dataDir, 0o711);
    const place = await openPlace(dataDir);
    if (place.account === null || (await canWriteIn(place.account, place.serverDir))) return place;
    problem = await unreachable(place.account, place.serverDir);
    await rm(dataDir, { recursive: true, force: true });
  }
  throw new DatabaseProblem(
    problem || `No temporary folder can be made in any of ${THROWAWAY_PARENTS.join(", ")}.`,
  );
}

/** Creates what is missing of a data folder and hands the server's part to its account. */
export async function openPlace(folder: string): Promise<Place> {
  try {
    await makePassableFolder(folder);
    // PostgreSQL knows its folder by its real name, and so do we when we look for its processes.
    const dataDir = await realpath(folder);
    await mkdir(join(dataDir, "postgres"), { recursive: true, mode: 0o700 });
    const serverDir = await realpath(join(dataDir, "postgres"));
    const clusterDir = join(serverDir, "cluster");
    const account = await databaseAccount(clusterDir);
    if (account !== null) await chown(serverDir, account.uid, account.gid);
    await access(dataDir, constants.W_OK);
    await access(serverDir, constants.W_OK);
    return { dataDir, serverDir, clusterDir, account };
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw new DatabaseProblem(
      `No permission to use ${folder}. If tiyn was started as another user before, start it as that ` +
        "user again, or set DATA_DIR to a folder of your own.",
      { cause: error },
    );
  }
}

export async function hasCluster(dataDir: string): Promise<boolean> {
  return stat(join(dataDir, "postgres", "cluster", "PG_VERSION")).then(
    () => true,
    () => false,
  );
}

function systemFolderFor(dataDir: string): string {
  return join(SYSTEM_DIR, createHash("sha256").update(dataDir).digest("hex").slice(0, 10));
}

async function unreachable(account: Account, folder: string): Promise<string> {
  const closed = await firstClosedFolder(folder);
  const advice = closed === null ? "" : `run  chmod o+x ${closed}  , or `;
  return (
    `PostgreSQL does not run as root, and the account ${account.name} that it runs as cannot reach ` +
    `${folder}. To mend it, ${advice}set DATA_DIR to a folder outside private ones, such as ` +
    `${SYSTEM_DIR}, or start tiyn as an ordinary user.`
  );
}

function isDenied(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return code === "EACCES" || code === "EPERM";
}
