import { spawn, type ChildProcess } from "node:child_process";
import { open, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseProblem } from "./database-problem.ts";
import { childEnvironment, rightsOf, runAs } from "./embedded-account.server.ts";
import type { Binaries } from "./embedded-binaries.server.ts";
import { FAST_SHUTDOWN_MS, readServerFile } from "./embedded-cluster.server.ts";
import type { Place } from "./embedded-place.server.ts";
import { waitUntil } from "./embedded-process.server.ts";

/** After this long a start is worth a word: PostgreSQL is replaying what a crash left. */
const SLOW_START_MS = 5_000;

const SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  // TCP only: a socket's path may be too long, and needs a folder of its own.
  unix_socket_directories: "",
  max_connections: "60",
  shared_buffers: "128MB",
  effective_cache_size: "512MB",
  maintenance_work_mem: "64MB",
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  password_encryption: "scram-sha-256",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  // One file a weekday, overwritten a week later: never more than that, however long it runs.
  logging_collector: "on",
  log_directory: "log",
  log_filename: "%a.log",
  log_rotation_age: "1d",
  log_rotation_size: "0",
  log_truncate_on_rotation: "on",
};

/** Tests make and drop databases by the dozen; nothing in a throwaway cluster outlives a power cut. */
const THROWAWAY_SETTINGS: Record<string, string> = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
};

export interface Server {
  pid: number;
  port: number;
  process: ChildProcess;
}

/** Starts the server and returns once it accepts connections, however long its recovery takes. */
export async function startServer(
  place: Place,
  binaries: Binaries,
  options: { port: number | null; throwaway: boolean; log: (line: string) => void },
): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(options.port);
    const started = await trySpawn(place, binaries, port, options);
    if (typeof started !== "string") return started;
    // Someone else may have taken the port since we looked.
    if (attempt < 3 && (await freePort(port)) !== port) continue;
    throw new DatabaseProblem(`PostgreSQL did not start in ${place.clusterDir}:\n${started}`);
  }
}

/** Ends the server after its running sessions were told, with everything written. */
export async function stopServer(server: Server, place: Place, binaries: Binaries): Promise<void> {
  if (hasEnded(server.process)) return;
  server.process.ref();
  const ended = new Promise<void>((resolve) => server.process.once("exit", () => resolve()));
  if (process.platform === "win32") {
    await runAs(null, binaries.pgCtl, ["stop", "-D", place.clusterDir, "-m", "fast", "-w"]);
    await ended;
    return;
  }
  // SIGINT is PostgreSQL's "fast shutdown"; SIGQUIT leaves the rest to the next start's recovery.
  server.process.kill("SIGINT");
  const patience = setTimeout(() => server.process.kill("SIGQUIT"), FAST_SHUTDOWN_MS);
  await ended;
  clearTimeout(patience);
}

export const hasEnded = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null;

async function trySpawn(
  place: Place,
  binaries: Binaries,
  port: number,
  options: { throwaway: boolean; log: (line: string) => void },
): Promise<Server | string> {
  const settings = {
    ...SETTINGS,
    ...(options.throwaway ? THROWAWAY_SETTINGS : {}),
    port: `${port}`,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // A file and not a pipe: the server must go on writing if we are killed.
  const outputFile = join(place.dataDir, "postgres-start.log");
  // Anew, because one left by root could not be opened by anyone else.
  await rm(outputFile, { force: true });
  const output = await open(outputFile, "wx", 0o600);
  const child = spawn(binaries.postgres, ["-D", place.clusterDir, ...args], {
    ...rightsOf(place.account),
    cwd: place.clusterDir,
    env: childEnvironment(),
    stdio: ["ignore", output.fd, output.fd],
    // A session of its own, so that Ctrl-C reaches us alone and we end it in order.
    detached: true,
  });
  child.unref();
  let failed: Error | null = null;
  child.on("error", (error) => (failed = error));
  const isReady = async () => {
    const server = await readServerFile(place.clusterDir);
    return server !== null && server.pid === child.pid && server.ready;
  };
  const isDecided = async () => failed !== null || hasEnded(child) || (await isReady());
  if (!(await waitUntil(isDecided, SLOW_START_MS))) {
    options.log("The database is being recovered after a crash; this can take a while.");
    await waitUntil(isDecided, Infinity);
  }
  await output.close();
  if (child.pid !== undefined && !hasEnded(child)) return { pid: child.pid, port, process: child };
  return failed === null ? lastWords(place) : String(failed);
}

/** The last lines that the server wrote, wherever it got to. */
export async function lastWords(place: Place): Promise<string> {
  const logDir = join(place.clusterDir, "log");
  const names = await readdir(logDir).catch(() => []);
  const logs = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(logDir, name))).mtimeMs })),
  );
  const newest = logs.sort((a, b) => b.at - a.at)[0];
  const files = [join(place.dataDir, "postgres-start.log")];
  if (newest !== undefined) files.push(join(logDir, newest.name));
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")));
  return texts.flatMap((text) => text.trimEnd().split("\n").slice(-8)).join("\n");
}

/** The port asked for if nobody has it, else one that the system picks. */
async function freePort(wanted: number | null): Promise<number> {
  return (await tryPort(wanted ?? 0)) ?? (await tryPort(0)) ?? Promise.reject(noPort());
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = probe.address();
      const found = typeof address === "object" && address !== null ? address.port : null;
      probe.close(() => resolve(found));
    });
  });
}

const noPort = () => new DatabaseProblem("There is no free port on 127.0.0.1 for the database.");
