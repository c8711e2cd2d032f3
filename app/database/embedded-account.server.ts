import { spawn } from "node:child_process";
import { chmod, mkdir, readFile, stat } from "node:fs/promises";
import { DatabaseProblem } from "./database-problem.ts";
import { dirname } from "node:path";

/** Who the database runs as. PostgreSQL refuses to run as root, so root lends it an account without rights. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

export interface Finished {
  ok: boolean;
  output: string;
}

/** The rights a child process gets: undefined means our own. */
export const rightsOf = (account: Account | null) =>
  account === null ? {} : { uid: account.uid, gid: account.gid };

/**
 * Only what PostgreSQL needs: no secrets of the app, none of libpq's PG* settings, and C messages
 * that read the same on every machine.
 */
export function childEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV, PATH, TMPDIR, LD_LIBRARY_PATH, SystemRoot, TEMP } = process.env;
  return { NODE_ENV, PATH, TMPDIR, LD_LIBRARY_PATH, SystemRoot, TEMP, LC_ALL: "C" };
}

/**
 * Null when we are not root: the database then runs as ourselves. As root it keeps the account that
 * owns the cluster already, so that one made without root stays usable without root.
 */
export async function databaseAccount(clusterDir: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const accounts = await localAccounts();
  const owner = await stat(clusterDir).catch(() => null);
  if (owner !== null && owner.uid !== 0) {
    const name = accounts.find((account) => account.uid === owner.uid)?.name;
    return { name: name ?? `number ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  for (const name of ["postgres", "nobody"]) {
    const account = accounts.find((candidate) => candidate.name === name && candidate.uid !== 0);
    if (account !== undefined) return account;
  }
  throw new DatabaseProblem(
    "PostgreSQL does not run as root, and this machine has neither a postgres nor a nobody account. " +
      "Start tiyn as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.",
  );
}

/** Runs a program to its end as that account. Never throws: a program that cannot be started is not ok. */
export function runAs(
  account: Account | null,
  command: string,
  args: string[],
  folder = "/",
): Promise<Finished> {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(command, args, {
      ...rightsOf(account),
      cwd: folder,
      env: childEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const collect = (chunk: Buffer) => (output += chunk.toString("utf8"));
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output: output.trim() }));
  });
}

/** Tries for real, since ACLs, mounts and containers make a guess from file modes unreliable. */
export async function canWriteIn(account: Account, folder: string): Promise<boolean> {
  const probe = 'cd -- "$1" && : > .reachable && rm .reachable';
  return (await runAs(account, "/bin/sh", ["-c", probe, "sh", folder])).ok;
}

/** Creates a folder that other accounts may pass through; folders that exist keep their modes. */
export async function makePassableFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) {
    // What mkdir was given is cut by the umask, which on a careful machine shuts others out.
    await chmod(made, 0o755);
  }
}

/** The outermost folder on the way that keeps other accounts out, for the advice in an error message. */
export async function firstClosedFolder(folder: string): Promise<string | null> {
  const parent = dirname(folder);
  if (parent !== folder) {
    const above = await firstClosedFolder(parent);
    if (above !== null) return above;
  }
  const found = await stat(folder).catch(() => null);
  return found !== null && (found.mode & 0o001) === 0 ? folder : null;
}

async function localAccounts(): Promise<Account[]> {
  const lines = (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n");
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    const account = { name: name ?? "", uid: Number(uid), gid: Number(gid) };
    return Number.isInteger(account.uid) && Number.isInteger(account.gid) ? [account] : [];
  });
}
