import { run } from "../run-command.mjs";
import { db } from "~/database/client.server";
import { SESSION_COOKIE } from "~/http/session-cookie";
import { signIn } from "~/models/sign-in.server";
import { AppProcess } from "~/server/kill.fixture";

/** Runs `work` against the production build on the database that DATABASE_URL names. */
export async function withApp<T>(
  work: (app: AppProcess) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const app = await AppProcess.create(process.env.DATABASE_URL ?? "", env);
  try {
    await app.start();
    return await work(app);
  } finally {
    await app.kill("SIGTERM");
  }
}

/** The cookie of a session that begins now, without the way over the sign-in page. */
export async function sessionOf(email: string): Promise<{ name: string; value: string }> {
  const { id } = await db().user.findFirstOrThrow({ where: { email }, select: { id: true } });
  const by = { userId: id, address: "127.0.0.1", userAgent: null, replaces: null };
  return { name: SESSION_COOKIE, value: (await signIn(by)).secret };
}

/** Megabytes that a process and all its descendants hold in memory. */
export async function residentMb(pid: number): Promise<number> {
  const lines = (await run(["ps", "-A", "-o", "pid=,ppid=,rss="])).trim().split("\n");
  const processes = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const family = new Set([pid]);
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const [child = 0, parent = 0] of processes) if (family.has(parent)) family.add(child);
  }
  const kilobytes = processes.reduce(
    (sum, [id = 0, , rss = 0]) => sum + (family.has(id) ? rss : 0),
    0,
  );
  return kilobytes / 1024;
}
