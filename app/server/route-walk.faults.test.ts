import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase } from "~/database/client.server";
import { type EmbeddedDatabase, startEmbedded } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import { type Access, hasAccess, RIGHTS, type Rights } from "~/domain/permission";
import { connect, everything } from "../../prisma/rules-refusal";
import { AppProcess } from "./kill.fixture";
import { PEOPLE, prepareWalk, routePatterns, type Walk, type Who } from "./route-walk.fixture";
import { type Answer, FORM, JSON_BODY, send } from "./test-server.fixture";

// Every route of the build × everybody × every kind of request, through the real server, held against the one table of
// rights (domain/permission.ts). Needs the production build.

const TABLE: Readonly<Record<string, Rights>> = RIGHTS;
type Method = "GET" | "POST";
const KINDS = ["document", "data", "json"] as const;
type Kind = (typeof KINDS)[number];

/** There is nothing there without a provider or a key, and this server has neither. */
const NOT_CONFIGURED = /^\/auth\/oidc|^\/app\/admin\/(suggestions|.*\/report)$/;

let database: EmbeddedDatabase;
let app: AppProcess;
let walk: Walk;
let patterns: string[];
const tokens = new Map<Who, string>();

beforeAll(async () => {
  database = await startEmbedded({ throwaway: true });
  process.env.DATABASE_URL = database.url;
  await applyMigrations(database.url);
  patterns = await routePatterns();
  walk = await prepareWalk();
  app = await AppProcess.create(database.url);
  await app.start();
  for (const who of PEOPLE) tokens.set(who, await tokenOf(who));
});

afterAll(async () => {
  await app.kill("SIGTERM");
  await closeDatabase();
  await database.stop();
});

const NAVIGATION = { accept: "text/html", "sec-fetch-mode": "navigate", "sec-fetch-site": "none" };
const server = () => ({
  ...{ port: Number(new URL(app.origin).port), origin: app.origin, passed: [] },
});

/** The token that this session's forms carry: any page with a form has it. */
async function tokenOf(who: Who): Promise<string> {
  const headers = { ...NAVIGATION, cookie: walk.cookies[who] };
  const page = roleOf(who) === null ? "/login" : "/app/settings";
  const { text } = await send(server(), page, { headers });
  return /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? "";
}

/** How Remix's own scripts ask for a page's data. */
function dataPath(path: string): string {
  return path === "/" ? "/_root.data" : `${path}.data`;
}

function ask(who: Who, path: string, method: Method, kind: Kind): Promise<Answer> {
  const cookie = { cookie: walk.cookies[who] };
  const target = kind === "data" ? dataPath(path) : path;
  const accept = kind === "document" ? NAVIGATION : { accept: "application/json" };
  if (method === "GET") return send(server(), target, { headers: { ...accept, ...cookie } });
  const headers = { ...accept, ...cookie, origin: app.origin, "sec-fetch-site": "same-origin" };
  if (kind === "json")
    return send(server(), target, { headers: { ...headers, ...JSON_BODY }, body: "{}" });
  const body = new URLSearchParams({ csrf: tokens.get(who) ?? "" }).toString();
  return send(server(), target, { headers: { ...headers, ...FORM }, body });
}

type Verdict = "in" | "sign in" | "forbidden" | "no method" | "nothing there" | "broken";

function verdictOn({ status, headers, text }: Answer, kind: Kind): Verdict {
  if (status >= 500) return "broken";
  const seen = kind === "data" ? statusInData(text, status) : status;
  const to = String(headers.location ?? "");
  if ((seen === 302 && to.startsWith("/login")) || seen === 401) return "sign in";
  if (seen === 403) return "forbidden";
  if (seen === 405) return "no method";
  return seen === 404 ? "nothing there" : "in";
}

// A page's data arrives as 200 whatever its loader threw; the status stands inside, a redirect as its address.
function statusInData(text: string, status: number): number {
  if (text.includes('"/login?next=')) return 401;
  const thrown = /"ErrorResponse"[^\]]*?(\d{3})\b/.exec(text)?.[1];
  return thrown ? Number(thrown) : status;
}

function roleOf(who: Who): "tester" | "admin" | null {
  if (who === "anonymous" || who === "deactivated") return null;
  return who === "admin" ? "admin" : "tester";
}

/** What the table says, as one of the verdicts; several where the page itself decides between them. */
function allowed(who: Who, pattern: string, method: Method): readonly Verdict[] {
  const rights = TABLE[pattern] ?? {};
  const access: Access | undefined = rights[method];
  // An empty form asks for no stop either.
  if (method === "POST" && who === "admin viewing as") return ["forbidden"];
  if (access === undefined) return ["no method"];
  if (!hasAccess(roleOf(who), access)) return [roleOf(who) === null ? "sign in" : "forbidden"];
  if (pattern.includes("*") || NOT_CONFIGURED.test(pattern)) return ["nothing there"];
  const isOwner = who === "tester" || who === "admin viewing as";
  if (rights.scope && !isOwner && (who !== "admin" || rights.scope === "mine"))
    return ["nothing there"];
  // Ids of a second level are guessed: there need be nothing under them.
  return /:.*:/.test(pattern) ? ["in", "nothing there"] : ["in"];
}

test("the table knows every route of the build, and no other", () => {
  expect(Object.keys(RIGHTS).sort()).toEqual(patterns);
});

async function walkAs(who: Who, methods: readonly Method[]) {
  const wrong: string[] = [];
  let count = 0;
  for (const pattern of patterns)
    for (const method of methods)
      for (const kind of KINDS) {
        // Programs post JSON under /api/ only; elsewhere it is 415 before any route.
        const isApi = pattern.startsWith("/api/");
        if (method === "POST" && isApi !== (kind === "json")) continue;
        // One's session must last until the end of the walk.
        if (method === "POST" && pattern === "/logout" && roleOf(who) && who !== "admin viewing as")
          continue;
        count++;
        const answer = await ask(who, walk.addressOf(pattern), method, kind);
        const got = verdictOn(answer, kind);
        const expected = allowed(who, pattern, method);
        const told = `${method} ${pattern} (${kind}): ${got} (${answer.status})`;
        if (!expected.includes(got)) wrong.push(`${told}, not ${expected.join(" or ")}`);
      }
  return { wrong, count };
}

let tried = 0;

describe.each(PEOPLE)("%s", (who) => {
  test("opens what the table says, and nothing else", async () => {
    const { wrong, count } = await walkAs(who, ["GET"]);
    tried += count;
    expect(wrong).toEqual([]);
  });

  test("posts what the table says, and what is refused leaves no trace", async () => {
    const sql = await connect(database.url);
    try {
      const before = await everything({ sql });
      const { wrong, count } = await walkAs(who, ["POST"]);
      tried += count;
      expect(wrong).toEqual([]);
      // An empty form is never right, so that nobody's changes anything.
      expect(await everything({ sql })).toEqual(before);
    } finally {
      await sql.end();
    }
  });
});

test("and that were this many requests", () => {
  process.stdout.write(`route walk: ${patterns.length} routes, ${tried} requests\n`);
  expect(tried).toBeGreaterThan(patterns.length * PEOPLE.length * KINDS.length);
});
