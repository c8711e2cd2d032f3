import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, db } from "~/database/client.server";
import { type EmbeddedDatabase, startEmbedded } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import { RIGHTS, type Rights } from "~/domain/permission";
import { SESSION_COOKIE } from "~/http/session-cookie";
import { approveIssue } from "~/models/decision.server";
import { signIn } from "~/models/sign-in.server";
import { connect, everything } from "../../prisma/rules-refusal";
import { buildAdmin, buildIssue } from "../../prisma/builders";
import { AppProcess, until } from "./kill.fixture";
import { type PageForm, postFormsOf } from "./posted-forms.fixture";
import { prepareWalk, routePatterns, type Walk } from "./route-walk.fixture";

// While an admin views as a user, every form that the app's pages hold and every call that its routes take is sent, right
// or wrong: nothing but "stop" gets through (DESIGN 7). And then the half hour passes. Needs the production build.

const VIEW_MS = 30 * 60_000;

let database: EmbeddedDatabase;
let app: AppProcess;
let walk: Walk;
let patterns: string[];

beforeAll(async () => {
  database = await startEmbedded({ throwaway: true });
  process.env.DATABASE_URL = database.url;
  await applyMigrations(database.url);
  patterns = await routePatterns();
  walk = await prepareWalk();
  // Something that waits to be paid, for the forms of the queue.
  const nazira = await db().user.findFirstOrThrow({ where: { name: "Nazira" } });
  const aibek = await db().user.findFirstOrThrow({ where: { name: "Aibek" } });
  const cycle = await db().testCycle.findFirstOrThrow();
  const { id: issueId } = await buildIssue({ tester: aibek, cycle });
  await approveIssue({ issueId }, { actorId: nazira.id, at: new Date() });
  // And a backup brought back, for the form that lets payments go on.
  await db().restoration.create({ data: { backupAt: new Date(), backupHash: "0".repeat(64) } });
  app = await AppProcess.create(database.url);
  await app.start();
});

afterAll(async () => {
  await app.kill("SIGTERM");
  await closeDatabase();
  await database.stop();
});

function open(path: string, cookie: string): Promise<Response> {
  return fetch(app.origin + path, { redirect: "manual", headers: { cookie, accept: "text/html" } });
}

const pageOf = async (path: string, cookie: string) => (await open(path, cookie)).text();
const tokenIn = (html: string) => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";

type Sent = { body: URLSearchParams | string; type?: string };

function post(path: string, cookie: string, { body, type }: Sent): Promise<Response> {
  const headers = { ...(type && { "content-type": type }), origin: app.origin, cookie };
  return fetch(app.origin + path, { method: "POST", redirect: "manual", headers, body });
}

function postForm(form: PageForm, cookie: string, csrf: string): Promise<Response> {
  const body = new URLSearchParams([...form.fields.map(([...field]) => field), ["csrf", csrf]]);
  return post(form.action, cookie, { body });
}

/** The same form as Remix's own scripts send it. */
function asData(form: PageForm): PageForm {
  const { pathname, search } = new URL(form.action, app.origin);
  return { ...form, action: `${pathname}.data${search}` };
}

const isStop = ({ fields }: PageForm) => fields.some(([, value]) => value === "stop");

/** Every form that anybody meets on any page of the build. */
async function allForms(): Promise<PageForm[]> {
  const forms: PageForm[] = [];
  for (const cookie of ["", walk.cookies.admin, walk.cookies.tester])
    for (const pattern of patterns.filter((each) => !each.includes("*"))) {
      const path = walk.addressOf(pattern);
      forms.push(...postFormsOf(await pageOf(path, cookie), path));
    }
  return forms.filter((form) => !isStop(form));
}

test("every form of every page, and every call, is refused and leaves nothing behind", async () => {
  const cookie = walk.cookies["admin viewing as"];
  const csrf = tokenIn(await pageOf("/app/settings", cookie));
  const forms = await allForms();
  const sql = await connect(database.url);
  try {
    const before = await everything({ sql });
    const letThrough: string[] = [];
    const expectRefused = async (what: string, sent: Promise<Response>) => {
      const { status } = await sent;
      if (status !== 403) letThrough.push(`${what}: ${status}`);
    };
    for (const form of forms) {
      await expectRefused(form.action, postForm(form, cookie, csrf));
      await expectRefused(`${form.action} (data)`, postForm(asData(form), cookie, csrf));
    }
    const calls = patterns.filter((each) => each.startsWith("/api/"));
    for (const action of WITHOUT_A_FORM_HERE.filter((each) => each.startsWith("/app/")))
      await expectRefused(action, postForm({ action, fields: [["issue", "1"]] }, cookie, csrf));
    const type = "application/json";
    for (const path of calls.map((pattern) => walk.addressOf(pattern)))
      for (const body of ["{}", JSON.stringify({ issueId: 1, decision: "approve" })])
        await expectRefused(`${path} (json)`, post(path, cookie, { body, type }));
    expect(letThrough).toEqual([]);
    expect(await everything({ sql })).toEqual(before);
    process.stdout.write(`view as: ${forms.length} forms twice, ${calls.length} calls twice\n`);
  } finally {
    await sql.end();
  }
  const posted = new Set(forms.map(({ action }) => new URL(action, app.origin).pathname));
  const unposted = patterns.filter(
    (pattern) => (RIGHTS as Record<string, Rights>)[pattern]?.POST && !isMet(pattern, posted),
  );
  expect(unposted.sort()).toEqual(WITHOUT_A_FORM_HERE);
});

const isMet = (pattern: string, posted: ReadonlySet<string>) =>
  [...posted].some((path) => new RegExp(`^${pattern.replace(/:\w+/g, "[^/]+")}$`).test(path));

/** Calls of programs and of scripts, the stop itself, what is no page, and the one that only a provider leads to. */
const WITHOUT_A_FORM_HERE = [
  ...["/*", "/api/*", "/api/admin/payouts/batch-pay", "/api/admin/triage/decide"],
  // These two have their forms where there is a key (e2e/intake.spec.ts).
  ...["/app/admin/suggestions", "/app/admin/test-cycles/:id/report"],
  ...["/app/admin/triage/decision", "/app/view-as", "/auth/oidc/confirm"],
];

test("after half an hour by the clock it is over, and what its pages hold is nobody's to send", async () => {
  const admin = await buildAdmin({ name: "Late" });
  const aibek = await db().user.findFirstOrThrow({ where: { name: "Aibek" } });
  const by = { userId: admin.id, address: "192.0.2.1", userAgent: null, replaces: null };
  const { sessionId, secret } = await signIn(by);
  const cookie = `${SESSION_COOKIE}=${secret}`;
  // Long enough to open a page in it, on a slow machine too.
  const at = new Date(Date.now() - VIEW_MS + 45_000);
  const start = { kind: "started", sessionId, adminId: admin.id, userId: aibek.id } as const;
  await db().viewAsEntry.create({ data: { ...start, reason: "Shortly before its end", at } });
  const seen = await pageOf("/app/settings", cookie);
  expect(seen).toContain('class="view-as"');
  const [payee] = postFormsOf(seen, "/app/settings").filter((form) =>
    form.fields.some(([name]) => name === "kaspiPhone"),
  );
  if (!payee) throw new Error("The settings hold the payee's details.");
  await until(async () => !(await pageOf("/app/settings", cookie)).includes('class="view-as"'));
  const stop = { sessionId, kind: "stopped", ended: "expired" } as const;
  expect(await db().viewAsEntry.count({ where: stop })).toBe(1);

  const sql = await connect(database.url);
  try {
    const before = await everything({ sql });
    const ofView = await postForm(payee, cookie, tokenIn(seen));
    expect(ofView.status).toBe(403);
    expect(await ofView.text()).toContain("that view is over");
    expect((await postForm(asData(payee), cookie, tokenIn(seen))).status).toBe(403);
    expect(await everything({ sql })).toEqual(before);
  } finally {
    await sql.end();
  }
  const own = tokenIn(await pageOf("/app/settings", cookie));
  expect(own).not.toBe(tokenIn(seen));
  const language = new URLSearchParams({ intent: "language", locale: "en", csrf: own });
  expect((await post("/app/settings", cookie, { body: language })).status).toBe(303);
});
