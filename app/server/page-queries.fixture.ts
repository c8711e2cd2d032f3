import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import pg from "pg";
import { db } from "~/database/client.server";
import { newLoadContext } from "~/http/load-context";
import { SESSION_COOKIE } from "~/http/session-cookie";
import { createInvite } from "~/models/invite.server";
import { signIn } from "~/models/sign-in.server";

/** What was sent to the database, its values with it. */
export type Statement = { readonly text: string; readonly values: string };

let heard: Statement[] = [];

/** Hears every statement that this process sends from now on. To be called before the first connection is made. */
export function listenToStatements(): void {
  const prototype: { query: (...given: unknown[]) => unknown } = pg.Client.prototype;
  const { query } = prototype;
  prototype.query = function (this: pg.Client, ...given) {
    const [first, second] = given as [string | { text?: string; values?: unknown }, unknown];
    const text = typeof first === "string" ? first : (first.text ?? "a cursor");
    const values = typeof first === "string" ? second : (first.values ?? second);
    heard.push({ text, values: JSON.stringify(values ?? []) });
    return query.apply(this, given);
  };
}

export async function statementsOf(work: () => Promise<unknown>): Promise<readonly Statement[]> {
  const own: Statement[] = (heard = []);
  await work();
  heard = [];
  return own;
}

const CONTROL = /^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|SET|SELECT\s+set_config)\b/i;

/** What was asked twice with the same values; transactions may begin and end as often as they like. */
export function askedTwice(statements: readonly Statement[]): string[] {
  const seen = new Set<string>();
  return statements.flatMap(({ text, values }) => {
    if (CONTROL.test(text)) return [];
    const id = `${text} ${values}`;
    if (seen.has(id)) return [id];
    seen.add(id);
    return [];
  });
}

export type Visitor = "aibek@example.com" | "nazira@example.com" | null;
export type Visits = (path: string, visitor: Visitor) => Promise<{ status: number; text: string }>;

/** GETs by the build's own handler, in this process. */
export async function buildVisits(): Promise<Visits> {
  const file = pathToFileURL(resolve("build/server/index.js")).href;
  const build = (await import(file)) as ServerBuild;
  const handle = createRequestHandler(build, "production");
  const cookies = new Map<Visitor, string>();
  for (const visitor of ["aibek@example.com", "nazira@example.com"] as const)
    cookies.set(visitor, await sessionOf(visitor));
  return async (path, visitor) => {
    const headers = {
      ...{ "accept-language": "en", "sec-fetch-mode": "navigate", accept: "text/html" },
      cookie: cookies.get(visitor) ?? "",
    };
    const context = newLoadContext({ requestId: "1", cspNonce: "1", clientAddress: "::1" });
    const answer = await handle(new Request(`http://localhost:3000${path}`, { headers }), context);
    return { status: answer.status, text: await answer.text() };
  };
}

async function sessionOf(email: string): Promise<string> {
  const { id } = await db().user.findFirstOrThrow({ where: { email }, select: { id: true } });
  const session = { userId: id, address: "::1", userAgent: null, replaces: null };
  return `${SESSION_COOKIE}=${(await signIn(session)).secret}`;
}

/** Something of the demo data at every address that wants an id: with a history, payments and testers. */
export async function demoAddresses(): Promise<(pattern: string) => string> {
  const aibek = { email: "aibek@example.com" };
  const first = { orderBy: { id: "asc" }, select: { id: true } } as const;
  const [issue, cycle, batch, user, admin] = await Promise.all([
    db().issue.findFirstOrThrow({ where: { tester: aibek, payoutStatus: "paid" }, ...first }),
    db().testCycle.findFirstOrThrow({ where: { name: { startsWith: "Hackorda" } }, ...first }),
    db().payoutBatch.findFirstOrThrow({ where: { status: "confirmed" }, ...first }),
    db().user.findFirstOrThrow({ where: aibek, ...first }),
    db().user.findFirstOrThrow({ where: { email: "nazira@example.com" }, ...first }),
  ]);
  const { token } = await createInvite(user.id, { actorId: admin.id, at: new Date() });
  const ids: Readonly<Record<string, number | string>> = {
    "/app/issues/": issue.id,
    "/app/test-cycles/": cycle.id,
    "/app/admin/test-cycles/": cycle.id,
    "/app/admin/payouts/batches/": batch.id,
    "/app/admin/users/": user.id,
    "/invite/": token,
  };
  return (pattern) =>
    pattern
      .replace(/^(.*?\/):(\w+)/, (_, before: string) => before + String(ids[before]))
      .replace(/:\w+/g, "1")
      .replace("*", "nowhere");
}
