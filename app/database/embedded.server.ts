import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseProblem } from "./database-problem.ts";
import { readAccess, writeAccess, type Access } from "./embedded-access.server.ts";
import { runnableBinaries, type Binaries } from "./embedded-binaries.server.ts";
import {
  createCluster,
  readServerFile,
  recoverCluster,
  SUPERUSER,
} from "./embedded-cluster.server.ts";
import { FolderInUse, lockFolder, ownerOf } from "./embedded-lock.server.ts";
import {
  choosePlace,
  chooseThrowawayPlace,
  hasCluster,
  openPlace,
  THROWAWAY_PARENTS,
  THROWAWAY_PREFIX,
  type Place,
} from "./embedded-place.server.ts";
import { isServerOf, waitUntil } from "./embedded-process.server.ts";
import {
  hasEnded,
  lastWords,
  startServer,
  stopServer,
  type Server,
} from "./embedded-server.server.ts";
import { withClient } from "./with-client.server.ts";

/** The database, and the role that owns it: no superuser, so that what works here works on a managed server. */
const NAME = "tiyn";
const JOIN_WAIT_MS = 30_000;

interface LastingOptions {
  throwaway?: false;
  dataDir: string;
  /** True when somebody set DATA_DIR: then no other place is ever taken instead. */
  dataDirIsExplicit?: boolean;
  /** Where this app will be reached, for the message that a second one gets. */
  address?: string;
  /** For command-line tools: use the running app's database if there is one, instead of refusing. */
  join?: boolean;
}

/** For tests: a new cluster in a temporary folder, without fsync, removed on stop. */
interface ThrowawayOptions {
  throwaway: true;
}

export type EmbeddedOptions = (LastingOptions | ThrowawayOptions) & {
  log?: (line: string) => void;
};

export interface EmbeddedDatabase {
  url: string;
  /** For repairs, and for tests that break on purpose what the app's own role cannot. */
  superuserUrl: string;
  /** Where the data really is; see choosePlace for when that is not what was asked for. */
  dataDir: string;
  /** True when another process owns it: then stop() leaves it running. */
  joined: boolean;
  stop: () => Promise<void>;
  /** Resolves, with the server's last words, only if it ends without stop(). */
  ended: Promise<string>;
}

/**
 * Starts our own PostgreSQL in a data folder, whatever state the last owner left it in.
 * Throws FolderInUse when another tiyn that is alive owns the folder.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const log = options.log ?? (() => undefined);
  if (options.throwaway === true) {
    await removeAbandoned(log);
    return own(await chooseThrowawayPlace(), { address: null, throwaway: true, log });
  }
  const { dataDir, dataDirIsExplicit: explicit = false, address = null } = options;
  const place = await choosePlace({ dataDir, explicit }, log);
  try {
    return await own(place, { address, throwaway: false, log });
  } catch (error) {
    if (error instanceof FolderInUse && options.join === true) return joinRunning(place, error);
    throw error;
  }
}

async function own(
  place: Place,
  options: { address: string | null; throwaway: boolean; log: (line: string) => void },
): Promise<EmbeddedDatabase> {
  const { address, throwaway, log } = options;
  const lock = await lockFolder(place.dataDir, address);
  let server: Server | null = null;
  let binaries: Binaries | null = null;
  const leave = async () => {
    if (server !== null && binaries !== null) await stopServer(server, place, binaries);
    await lock.release();
    if (throwaway) await rm(place.dataDir, { recursive: true, force: true });
  };
  try {
    binaries = await runnableBinaries(place.account, log);
    await checkVersion(place, binaries);
    await recoverCluster(place.clusterDir, log);
    const access = await readAccess(place);
    if (!(await hasCluster(place.dataDir))) {
      await createCluster(place, binaries, access.superuserPassword, throwaway);
    }
    server = await startServer(place, binaries, { port: access.port, throwaway, log });
    const { port } = server;
    if (port !== access.port) await writeAccess(place, { ...access, port });
    await createDatabase(port, access);
    return handle(urlsOf(port, access), place, server, leave);
  } catch (error) {
    await leave();
    throw error;
  }
}

function handle(
  urls: Urls,
  place: Place,
  server: Server,
  leave: () => Promise<void>,
): EmbeddedDatabase {
  const child = server.process;
  let stopped: Promise<void> | null = null;
  // A process.exit() without stop() must not leave a server behind: tell it to finish by itself.
  const onExit = () => hasEnded(child) || child.kill("SIGINT");
  process.once("exit", onExit);
  const ended = new Promise<string>((resolve) => {
    child.once("exit", () => {
      if (stopped === null) void lastWords(place).then(resolve);
    });
  });
  const stop = () => {
    process.off("exit", onExit);
    return (stopped ??= leave());
  };
  return { ...urls, dataDir: place.dataDir, joined: false, stop, ended };
}

/** Reaches the database that the folder's living owner runs; it may still be starting it. */
async function joinRunning(place: Place, inUse: FolderInUse): Promise<EmbeddedDatabase> {
  let port: number | null = null;
  const isServing = async () => {
    const server = await readServerFile(place.clusterDir);
    if (server?.ready === true && (await isServerOf(server.pid, place.clusterDir))) {
      port = server.port;
    }
    return port !== null || (await ownerOf(place.dataDir)) === null;
  };
  await waitUntil(isServing, JOIN_WAIT_MS);
  if (port === null) throw inUse;
  return {
    ...urlsOf(port, await readAccess(place)),
    dataDir: place.dataDir,
    joined: true,
    stop: () => Promise.resolve(),
    ended: new Promise(() => undefined),
  };
}

async function createDatabase(port: number, access: Access): Promise<void> {
  const asSuperuser = {
    ...{ host: "127.0.0.1", port, user: SUPERUSER, database: "postgres" },
    password: access.superuserPassword,
  };
  await withClient(asSuperuser, async (client) => {
    const role = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [NAME]);
    if (role.rowCount === 0) {
      // CREATEDB: tests, restores and the schema comparison make databases of their own.
      const password = client.escapeLiteral(access.password);
      await client.query(`CREATE ROLE ${NAME} LOGIN CREATEDB PASSWORD ${password}`);
    }
    const database = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [NAME]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${NAME} OWNER ${NAME}`);
  });
}

async function checkVersion(place: Place, binaries: Binaries): Promise<void> {
  const text = await readFile(join(place.clusterDir, "PG_VERSION"), "utf8").catch(() => null);
  const major = text?.trim();
  if (major === undefined || major === binaries.major) return;
  throw new DatabaseProblem(
    `The database in ${place.dataDir} was made by PostgreSQL ${major}, and this tiyn brings ` +
      `${binaries.major}. Back it up with the tiyn that made it (npm run backup), move the folder ` +
      "aside, start this one and restore the backup.",
  );
}

/** Clusters of test runs that were killed before they could remove them. */
async function removeAbandoned(log: (line: string) => void): Promise<void> {
  for (const folder of (await Promise.all(THROWAWAY_PARENTS.map(throwawaysIn))).flat()) {
    // Anyone may put a folder of that name into a shared /tmp; only our own are ours to clear.
    const found = await stat(folder).catch(() => null);
    const isOld = found !== null && Date.now() - found.mtimeMs > 60_000;
    if (!isOld || found.uid !== process.getuid?.()) continue;
    if ((await ownerOf(folder)) !== null) continue;
    // Another test run may be clearing it at the same time; whatever is left, the next one clears.
    await clear(folder, log).catch(() => undefined);
  }
}

async function clear(folder: string, log: (line: string) => void): Promise<void> {
  const { clusterDir } = await openPlace(folder);
  await recoverCluster(clusterDir, log);
  await rm(folder, { recursive: true, force: true });
}

async function throwawaysIn(parent: string): Promise<string[]> {
  const names = await readdir(parent).catch(() => []);
  return names
    .filter((name) => name.startsWith(THROWAWAY_PREFIX))
    .map((name) => join(parent, name));
}

type Urls = Pick<EmbeddedDatabase, "url" | "superuserUrl">;

function urlsOf(port: number, access: Access): Urls {
  const place = `127.0.0.1:${port}/${NAME}`;
  return {
    url: `postgresql://${NAME}:${access.password}@${place}`,
    superuserUrl: `postgresql://${SUPERUSER}:${access.superuserPassword}@${place}`,
  };
}
