import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db } from "~/database/client.server";
import { type EmbeddedDatabase, startEmbedded } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import { signInAtProvider } from "~/http/oidc-browser.fixture";
import { OIDC_CLIENT, startTestProvider, type TestProvider } from "~/http/oidc-provider.fixture";
import * as paths from "~/http/paths";
import { approveIssue } from "~/models/decision.server";
import { moneyFindings } from "~/models/doctor.fixture";
import { hashPassword } from "~/models/password.server";
import { testPhoto } from "~/models/picture.fixture";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import { FormBrowser, formWith, tokenOf } from "./form-browser.fixture";
import { until } from "./kill.fixture";
import { TwoCopies } from "./two-copies.fixture";

// Two copies of the app on one PostgreSQL, each request to the other one in turn: whatever one of them kept to itself
// would be missing at the next step. Needs the production build.

const PASSWORD = "a long password for both copies";
const HOME = "198.51.100.1";

type Id = { readonly id: number };
let database: EmbeddedDatabase;
let provider: TestProvider;
let two: TwoCopies;
let aibek: Id;
let nazira: Id;
let cycle: Id;

beforeAll(async () => {
  database = await startEmbedded({ throwaway: true });
  process.env.DATABASE_URL = database.url;
  await applyMigrations(database.url);
  const passwordHash = await hashPassword(PASSWORD);
  aibek = await buildTester({ name: "Aibek", email: "aibek@example.com", passwordHash });
  nazira = await buildAdmin({ name: "Nazira", email: "nazira@example.com", passwordHash });
  await buildAdmin({ name: "Sanzhar", email: "sanzhar@example.com", passwordHash });
  await buildTester({ name: "Dana", email: "dana@example.com", passwordHash });
  // She signs in with the provider alone.
  await buildTester({ name: "Zarina", email: "zarina@example.com" });
  cycle = await buildCycle({ testers: [aibek] });
  two = await TwoCopies.start(database.url, async (origin) => {
    const redirectUri = `${origin}/auth/oidc/callback`;
    const claimsOf = (login: string) => ({ email: login, email_verified: true });
    provider = await startTestProvider({ redirectUri, claimsOf });
    return {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: OIDC_CLIENT.id,
      OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
    };
  });
});

afterAll(async () => {
  await two.stop();
  await provider.close();
  await closeDatabase();
  await database.stop();
});

const browser = (address = HOME) => new FormBrowser(two.origin, address);

async function signedIn(email: string): Promise<FormBrowser> {
  const one = browser();
  expect((await one.signIn(email, PASSWORD)).status).toBe(303);
  return one;
}

async function approved(): Promise<Id> {
  const issue = await buildIssue({ tester: aibek, cycle, severity: "high" });
  await approveIssue({ issueId: issue.id }, { actorId: nazira.id, at: new Date() });
  return issue;
}

test("the proxy sends each request to the other copy", async () => {
  two.turns.length = 0;
  for (let n = 0; n < 4; n++) await browser().get("/login");
  expect([
    [0, 1, 0, 1],
    [1, 0, 1, 0],
  ]).toContainEqual(two.turns);
});

describe("people", () => {
  test("sign in at one copy, are known to the other, and signed out of both", async () => {
    const [here, there] = [
      await signedIn("aibek@example.com"),
      await signedIn("aibek@example.com"),
    ];
    for (let n = 0; n < 2; n++) expect((await there.get(paths.balancePath())).status).toBe(200);
    // The form and its token from one copy, to the other; what that one says is shown by the first.
    const settings = await here.get(paths.settingsPath());
    const form = [tokenOf(settings.text), ["intent", "revokeOthers"]] as const;
    expect((await here.post(paths.settingsPath(), form)).status).toBe(303);
    const after = await here.get(paths.settingsPath());
    expect(after.text).toMatch(/role="status"><(?!\/)/);
    for (let n = 0; n < 2; n++) {
      expect((await there.get(paths.balancePath())).status).toBe(302);
      // Shown once, whichever copy is asked.
      expect((await here.get(paths.settingsPath())).text).not.toMatch(/role="status"><(?!\/)/);
    }
  });

  test("who guesses has five tries at both together", async () => {
    const guesser = browser("203.0.113.9");
    const statuses: number[] = [];
    for (let n = 0; n < 8; n++)
      statuses.push((await guesser.signIn("dana@example.com", "not her password")).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    // Her own password does not help there, and does at home.
    expect((await guesser.signIn("dana@example.com", PASSWORD)).status).toBe(429);
    expect((await browser().signIn("dana@example.com", PASSWORD)).status).toBe(303);
  });

  test("come back from the provider to the other copy", async () => {
    for (let n = 0; n < 2; n++) {
      const zarina = browser();
      const start = await zarina.get("/auth/oidc");
      expect(start.status).toBe(302);
      const back = await signInAtProvider(
        start.headers.get("location") ?? "",
        "zarina@example.com",
      );
      const arrived = await zarina.get(back.pathname + back.search);
      expect([arrived.status, arrived.headers.get("location")]).toEqual([302, paths.homePath()]);
      expect((await zarina.get(paths.balancePath())).status).toBe(200);
      // So that the next round begins at the other copy.
      await browser().get("/login");
    }
  });

  test("sign in again without losing what they had typed", async () => {
    const issue = await buildIssue({ tester: aibek, cycle });
    const writer = await signedIn("aibek@example.com");
    const page = await writer.get(paths.issuePath(issue.id));
    const { action, fields } = formWith(page, "comment", paths.issuePath(issue.id));
    await db().session.updateMany({ where: { userId: aibek.id }, data: { endedAt: new Date() } });
    const refused = await writer.post(action, fields.set("comment", "kept across copies"));
    expect(refused.status).toBe(401);
    const again = formWith(refused, "kept-path", paths.loginPath());
    again.fields.set("email", "aibek@example.com").set("password", PASSWORD);
    const resumed = await writer.post(again.action, again.fields);
    expect(resumed.status).toBe(200);
    const resume = formWith(resumed, "comment", paths.loginPath());
    expect(resume.fields.get("comment")).toBe("kept across copies");
    expect((await writer.post(resume.action, resume.fields)).status).toBe(303);
    const said = await db().issueComment.findMany({ where: { issueId: issue.id } });
    expect(said.map(({ body }) => body)).toEqual(["kept across copies"]);
  });
});

describe("money", () => {
  test("a batch confirmed at both copies at once, with one key, is paid once", async () => {
    for (let n = 0; n < 5; n++) {
      const issues = [await approved(), await approved()];
      const issueIds = issues.map(({ id }) => id);
      const { batchId } = await buildPreparedBatch({ admin: nazira, issueIds });
      const admin = await signedIn("nazira@example.com");
      const path = paths.batchPath(batchId);
      const { fields } = formWith(await admin.get(path), "key", path);
      const post = await confirmFields(batchId, fields);
      const answers = await Promise.all([admin.post(path, post), admin.post(path, post)]);
      expect(answers.map(({ status }) => status)).toEqual([303, 303]);
      expect(answers[0].headers.get("location")).toBe(answers[1].headers.get("location"));
      expect(await db().payment.count({ where: { issueId: { in: issueIds } } })).toBe(2);
    }
    expect(await moneyFindings()).toEqual([]);
  });

  test("an order sent to both copies at once is carried out once, with one answer", async () => {
    const { id } = await approved();
    const admin = await signedIn("sanzhar@example.com");
    const issues = [{ id, expectedAmount: 800_000 }];
    const payment = { testerId: aibek.id, currency: "KZT", method: "kaspi", reference: "R-1" };
    const order = { key: randomUUID(), payments: [{ ...payment, issues }] };
    const send = () => admin.postJson("/api/admin/payouts/batch-pay", order);
    const [first, second] = await Promise.all([send(), send()]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(JSON.parse(first.text)).toEqual(JSON.parse(second.text));
    expect(await db().payment.count({ where: { issueId: id } })).toBe(1);
  });

  test("two admins who decide the same issues at two copies decide each once", async () => {
    const filed = await Promise.all(
      Array.from({ length: 12 }, () => buildIssue({ tester: aibek, cycle })),
    );
    const admins = [await signedIn("nazira@example.com"), await signedIn("sanzhar@example.com")];
    const posts = await Promise.all(
      admins.map(async (admin) => {
        const { text } = await admin.get(paths.triagePath());
        const boxes = text.match(/<input\b[^>]*name="row"[^>]*>/g) ?? [];
        const rows = boxes.map((box) => /\svalue="([^"]+)"/.exec(box)?.[1] ?? "");
        const ours = rows.filter((row) => filed.some(({ id }) => row.startsWith(`${id}:`)));
        expect(ours).toHaveLength(filed.length);
        const ticks = ours.map((row) => ["row", row] as const);
        return [...ticks, tokenOf(text), ["key", randomUUID()], ["intent", "approveMany"]] as const;
      }),
    );
    const answers = await Promise.all(
      admins.map((admin, n) => admin.post(paths.triagePath(), posts[n] ?? [])),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const issueId = { in: filed.map(({ id }) => id) };
    const where = { issueId, toPayoutStatus: "approved" } as const;
    expect(await db().issueEvent.count({ where })).toBe(filed.length);
  });
});

test("a photo that one copy took is shown by both", async () => {
  const writer = await signedIn("aibek@example.com");
  const page = await writer.get(paths.newIssuePath());
  const { action, fields } = formWith(page, "title", paths.newIssuePath());
  fields.delete("screenshots");
  fields.set("cycleId", String(cycle.id)).set("severity", "low").set("intent", "file");
  fields.set("title", "A photo for both copies").set("body", "seen at both");
  const photo = await testPhoto().jpeg().toBuffer();
  const filed = await writer.postFiles(action, [...fields, ["screenshots", photo, "photo.jpg"]]);
  expect(filed.status).toBe(303);
  const path = filed.headers.get("location") ?? "";
  const shots = [
    await writer.bytes(`${path}/screenshots/1`),
    await writer.bytes(`${path}/screenshots/1`),
  ];
  expect(shots[0]?.length).toBeGreaterThan(1_000);
  expect(shots[0]?.equals(shots[1] ?? Buffer.alloc(0))).toBe(true);
});

test("the doctor looked once for both copies that started together", async () => {
  await until(async () => (await db().doctorRun.count({ where: { origin: "app" } })) > 0);
  await Promise.all(two.copies.map((copy) => copy.kill("SIGTERM")));
  expect(await db().doctorRun.count({ where: { origin: "app" } })).toBe(1);
  await Promise.all(two.copies.map((copy) => copy.start()));
});

/** What the form of a batch posts, every warning ticked; with cash nothing is asked about the payee. */
async function confirmFields(batchId: number, form: ReadonlyMap<string, string>) {
  const transfers = await db().payoutTransfer.findMany({ where: { batchId } });
  const fields: [string, string][] = [
    ...([
      ["csrf", form.get("csrf") ?? ""],
      ["key", form.get("key") ?? ""],
    ] as [string, string][]),
    ...([
      ["intent", "confirm"],
      ["method", "cash"],
      ["paidOn", ""],
    ] as [string, string][]),
  ];
  for (const { id, testerId, totalAmount } of transfers) {
    fields.push([`reference-${id}`, randomUUID()]);
    fields.push(["warning", `same_total_recently:${testerId}:KZT:${totalAmount}`]);
  }
  return fields;
}
