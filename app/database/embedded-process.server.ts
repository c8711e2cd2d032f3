import { execFile } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { basename } from "node:path";
import { promisify } from "node:util";

const onLinux = process.platform === "linux";

/**
 * Something that no later process with the same number shares: when the process started.
 * Null when it is gone (a zombie counts as gone: it holds nothing any more).
 */
export async function startOfProcess(pid: number): Promise<string | null> {
  if (onLinux) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    // The second field is the program's name in brackets and may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, startedAt] = [fields[0], fields[19]];
    return startedAt === undefined || state === "Z" || state === "X" ? null : startedAt;
  }
  if (process.platform === "win32") return isRunning(pid) ? "running" : null;
  return (await ps(pid, "lstart")) || null;
}

/** Where process numbers mean the same thing: one boot of one machine, and one container on it. */
export async function processSpace(): Promise<string> {
  if (!onLinux) return hostname();
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  const namespace = await readlink("/proc/self/ns/pid").catch(() => "");
  return `${hostname()} ${boot.trim()} ${namespace}`;
}

/** True when that process is the PostgreSQL server of this data folder, not a stranger with its number. */
export async function isServerOf(pid: number, clusterDir: string): Promise<boolean> {
  if ((await startOfProcess(pid)) === null) return false;
  if (onLinux) {
    const [folder, program] = await Promise.all([linkOf(pid, "cwd"), linkOf(pid, "exe")]);
    // An upgrade may have replaced the program's file since it was started.
    return folder === clusterDir && basename(program.replace(/ \(deleted\)$/, "")) === "postgres";
  }
  if (process.platform === "win32") return true;
  const command = await ps(pid, "command");
  return basename(command.split(" ")[0] ?? "") === "postgres" && command.includes(clusterDir);
}

/**
 * Server processes still at work in a data folder, whoever started them. PostgreSQL makes the data
 * folder the working folder of each, so they are found even when their parent was killed.
 * Elsewhere than on Linux PostgreSQL's own shared-memory check has to do.
 */
export async function processesIn(clusterDir: string): Promise<number[]> {
  if (!onLinux) return [];
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const inFolder = await Promise.all(
    pids.map(async (pid) => pid !== process.pid && (await isServerOf(pid, clusterDir))),
  );
  return pids.filter((_, index) => inFolder[index]);
}

/** Waits until `done` is true; false when it still is not after `milliseconds`. */
export async function waitUntil(
  done: () => boolean | Promise<boolean>,
  milliseconds: number,
): Promise<boolean> {
  const end = Date.now() + milliseconds;
  for (;;) {
    if (await done()) return true;
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function linkOf(pid: number, name: string): Promise<string> {
  return readlink(`/proc/${pid}/${name}`).catch(() => "");
}

async function ps(pid: number, column: string): Promise<string> {
  const { stdout } = await promisify(execFile)("ps", ["-o", `${column}=`, "-p", String(pid)], {
    env: { ...process.env, LC_ALL: "C" },
  }).catch(() => ({ stdout: "" }));
  return stdout.trim();
}
