import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db } from "~/database/client.server";
import { applyMigrations } from "~/database/migrate.server";
import { approveIssue } from "~/models/decision.server";
import { moneyFindings } from "~/models/doctor.fixture";
import { hashPassword } from "~/models/password.server";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import { AppProcess, DatabaseProcess } from "./kill.fixture";
import { AdminClient } from "./kill-client.fixture";

// kill -9 of the app and of the database while a batch is being confirmed: nothing acknowledged is lost, nothing is
// half done, and pressing again leads to one payment (ABUSE, Money and state). Needs the production build.

const ROUNDS = 20;
const ISSUES = 24;
const PASSWORD = "kill tests, long enough";
const EMAIL = "nazira@example.com";

let dataDir: string;
let database: DatabaseProcess;
let app: AppProcess;
let client: AdminClient;
let admin: { id: number };
let testers: { id: number }[];
let cycle: { id: number };

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tiyn-kill-"));
  // As root, PostgreSQL runs under another account, which must get into the folder.
  await chmod(dataDir, 0o755);
  database = await DatabaseProcess.start(dataDir);
  process.env.DATABASE_URL = database.url;
  await applyMigrations(database.url);
  admin = await buildAdmin({
    name: "Nazira",
    email: EMAIL,
    passwordHash: await hashPassword(PASSWORD),
  });
  testers = [await buildTester({ name: "Aibek" }), await buildTester({ name: "Dana" })];
  cycle = await buildCycle({ testers });
  app = await AppProcess.create(database.url);
  await app.start();
  client = new AdminClient(app.origin);
  await client.signIn(EMAIL, PASSWORD);
});

afterAll(async () => {
  await app.kill("SIGTERM");
  await closeDatabase();
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function approvedIssues(): Promise<{ id: number; testerId: number }[]> {
  const issues = [];
  for (let n = 0; n < ISSUES; n++) {
    const tester = testers[n % testers.length] ?? admin;
    const { id } = await buildIssue({ tester, cycle, severity: "low" });
    await approveIssue({ issueId: id }, { actorId: admin.id, at: new Date() });
    issues.push({ id, testerId: tester.id });
  }
  return issues;
}

type Press = { issueIds: number[]; press: () => Promise<Response> };

/** One call that prepares and confirms. */
async function jsonRound(): Promise<Press> {
  const issues = await approvedIssues();
  const body = {
    key: randomUUID(),
    payments: testers.map(({ id }) => ({
      testerId: id,
      currency: "KZT",
      method: "kaspi",
      reference: randomUUID(),
      issues: issues
        .filter((i) => i.testerId === id)
        .map((i) => ({ id: i.id, expectedAmount: 100_000 })),
    })),
  };
  const press = () => client.postJson("/api/admin/payouts/batch-pay", body);
  return { issueIds: issues.map((issue) => issue.id), press };
}

/** The page's second step: a prepared batch, confirmed by its form with every warning ticked. */
async function formRound(): Promise<Press> {
  const issueIds = (await approvedIssues()).map((issue) => issue.id);
  const { batchId } = await buildPreparedBatch({ admin, issueIds });
  const path = `/app/admin/payouts/batches/${batchId}`;
  const { key } = await client.formOf(path);
  const transfers = await db().payoutTransfer.findMany({ where: { batchId } });
  // Cash needs no reference, and with cash nothing is asked about the payee.
  const fields: Record<string, string> = { intent: "confirm", key, method: "cash", paidOn: "" };
  for (const { id } of transfers) fields[`reference-${id}`] = randomUUID();
  const ticks = transfers.map((t) => `same_total_recently:${t.testerId}:KZT:${t.totalAmount}`);
  const press = () => client.postForm(path, fields, ticks);
  return { issueIds, press };
}

/** Nothing or everything: the payments of these issues, and that their states agree. */
async function paidIn(issueIds: number[]): Promise<number> {
  const [payments, paid, events] = await Promise.all([
    db().payment.count({ where: { issueId: { in: issueIds } } }),
    db().issue.count({ where: { id: { in: issueIds }, payoutStatus: "paid" } }),
    db().issueEvent.count({ where: { issueId: { in: issueIds }, kind: "paid" } }),
  ]);
  expect([paid, events]).toEqual([payments, payments]);
  return payments;
}

const isAcknowledged = (answer: Response | null) =>
  answer?.status === 200 || answer?.status === 303;

async function killDuringConfirm(round: Press, victim: "app" | "database", afterMs: number) {
  const answer = round.press().catch(() => null);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  await (victim === "app" ? app.kill() : database.kill());
  // What the admin sees before anything is back: an answer that arrived, or none.
  const first = await Promise.race([
    answer,
    new Promise<null>((resolve) => setTimeout(resolve, 8_000, null)),
  ]);
  if (victim === "database") {
    await closeDatabase();
    await database.restart();
  } else {
    await app.start();
  }
  return first;
}

/** How long a confirm takes when nobody is killed: the kills are spread over that time. */
async function usualMs(makeRound: () => Promise<Press>): Promise<number> {
  const { press } = await makeRound();
  const began = performance.now();
  const answer = await press();
  expect(isAcknowledged(answer), `${answer.status}: ${await answer.clone().text()}`).toBe(true);
  return performance.now() - began;
}

describe.each(["app", "database"] as const)("kill -9 of the %s during a confirm", (victim) => {
  test(`${ROUNDS / 2} times: nothing lost, nothing half, pressing again converges`, async () => {
    const makers = [jsonRound, formRound] as const;
    const usual = await Promise.all([usualMs(jsonRound)]).then(([ms]) => ms);
    const seen = { acknowledged: 0, unanswered: 0, refused: 0, paidAtRestart: 0 };
    for (let n = 0; n < ROUNDS / 2; n++) {
      const round = await makers[n % 2 === 0 ? 0 : 1]();
      const first = await killDuringConfirm(round, victim, (usual * (n + 0.5)) / (ROUNDS / 2 - 2));
      const paid = await paidIn(round.issueIds);
      expect([0, ISSUES]).toContain(paid);
      if (isAcknowledged(first)) expect(paid).toBe(ISSUES);
      // Never "failed" when it may have happened: no answer at all, or 503.
      else if (first) expect(first.status).toBe(503);
      seen[first ? (isAcknowledged(first) ? "acknowledged" : "refused") : "unanswered"]++;
      if (paid > 0) seen.paidAtRestart++;
      const again = await round.press();
      expect(isAcknowledged(again), `${again.status}: ${await again.clone().text()}`).toBe(true);
      expect(await paidIn(round.issueIds)).toBe(ISSUES);
      expect(await moneyFindings()).toEqual([]);
    }
    process.stdout.write(
      `kill -9 of the ${victim}: ${JSON.stringify({ usualMs: Math.round(usual), ...seen })}\n`,
    );
  });
});
