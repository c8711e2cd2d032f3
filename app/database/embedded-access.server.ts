import { randomBytes } from "node:crypto";
import { open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseProblem } from "./database-problem.ts";
import { hasCluster, type Place } from "./embedded-place.server.ts";

/** How to reach a cluster: made once, kept for its owner's eyes only. The port is the last one used. */
export interface Access {
  port: number | null;
  password: string;
  superuserPassword: string;
}

export async function readAccess(place: Place): Promise<Access> {
  const path = fileIn(place.dataDir);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  if (text !== null) return JSON.parse(text) as Access;
  if (await hasCluster(place.dataDir)) {
    throw new DatabaseProblem(
      `${path}, which holds the database's passwords, is missing, but the database is there. ` +
        "Put the file back from a copy of the data folder.",
    );
  }
  const access = { port: null, password: newPassword(), superuserPassword: newPassword() };
  await writeAccess(place, access);
  return access;
}

/** Written whole and flushed before the cluster that needs it exists. */
export async function writeAccess(place: Place, access: Access): Promise<void> {
  const path = fileIn(place.dataDir);
  const draft = `${path}.draft`;
  const file = await open(draft, "w", 0o600);
  await file.writeFile(`${JSON.stringify(access, null, 2)}\n`);
  await file.sync();
  // Root may be using an ordinary user's folder, who must be able to go on without root.
  const { uid, gid } = await stat(place.dataDir);
  if (process.getuid?.() === 0) await file.chown(uid, gid);
  await file.close();
  await rename(draft, path);
}

const fileIn = (dataDir: string) => join(dataDir, "postgres.json");
const newPassword = () => randomBytes(24).toString("base64url");
