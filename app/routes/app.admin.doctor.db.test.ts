/** What the doctor's findings do: payments stop until an admin has looked (DESIGN 6). */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { asSuperuser, useTestDatabase } from "~/database/test-database";
import { Refusal } from "~/domain/refusal";
import { dateInZone } from "~/domain/team-date";
import { answerOf, visit } from "~/http/visit.fixture";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import * as doctorPage from "./app.admin.doctor";
import * as healthz from "./healthz";
import { confirmation } from "~/models/batch-race.fixture";
import { confirmBatch } from "~/models/batch.server";
import { approveIssue } from "~/models/decision.server";
import { runDoctorIfDue } from "~/models/doctor-hourly.server";
import { doctorStanding, latestRun, lookAtRun } from "~/models/doctor-standing.server";
import { runDoctor } from "~/models/doctor.server";
import { reversePayment } from "~/models/reversal.server";
import { signIn } from "~/models/sign-in.server";

const url = useTestDatabase();

let superuser: pg.Client;
let admin: { id: number };
let tester: { id: number };
let cycle: { id: number };

beforeAll(async () => {
  superuser = new pg.Client(asSuperuser(url));
  await superuser.connect();
  await superuser.query("SET session_replication_role = replica");
  admin = await buildAdmin({ name: "Nazira" });
  tester = await buildTester({ name: "Aibek" });
  cycle = await buildCycle({ testers: [tester] });
});
afterAll(() => superuser.end());
beforeEach(async () => {
  await mend();
  await runDoctor("command");
});

const act = () => ({ actorId: admin.id, at: new Date(), zone: BUILDER_ZONE });
const by = () => ({ id: admin.id, address: "192.0.2.1" });

async function approved(): Promise<number> {
  const { id } = await buildIssue({ tester, cycle });
  await approveIssue({ issueId: id }, act());
  return id;
}

/** A version that no event tells of: wrong, and in nobody's way. */
async function harm(): Promise<number> {
  const { id } = await buildIssue({ tester, cycle });
  await superuser.query("UPDATE issues SET version = 7 WHERE id = $1", [id]);
  return id;
}
const mend = () => superuser.query("UPDATE issues SET version = 1 WHERE version = 7");

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error.reason.code;
    throw error;
  }
  return "done";
}

async function confirmPost() {
  const { batchId } = await buildPreparedBatch({ admin, issueIds: [await approved()] });
  return { batchId, key: randomUUID(), ...(await confirmation(batchId, randomUUID())) };
}

test("all well is said, and kept", async () => {
  expect(await doctorStanding()).toEqual({ failing: false, blocked: false });
  expect(await latestRun()).toMatchObject({ findings: [], lookedBy: null });
  const answer = await answerOf(healthz.loader());
  expect(await answer.json()).toEqual({ status: "ok", doctor: "ok" });
});

test("a finding stops confirming and taking back, not preparing, until an admin has looked", async () => {
  const paid = await approved();
  await buildPaidBatch({ admin, issueIds: [paid] });
  const replayed = await confirmPost();
  await confirmBatch(replayed, act());
  const harmed = await harm();
  const { findings, runId } = await runDoctor("app");
  expect(findings).toEqual([
    { check: "events_tell_state", offenders: 1, examples: [`issue ${harmed}`] },
  ]);
  const health = await answerOf(healthz.loader());
  expect(health.status).toBe(200);
  expect(await health.json()).toEqual({ status: "ok", doctor: "failing" });

  const post = await confirmPost();
  const before = await db().payment.count();
  const bounced = {
    ...{ issueId: paid, kind: "bounced" as const, reason: "Wrong card" },
    on: dateInZone(new Date(), BUILDER_ZONE),
  };
  expect(await refusalOf(confirmBatch(post, act()))).toBe("money_in_doubt");
  expect(await refusalOf(reversePayment(bounced, act()))).toBe("money_in_doubt");
  expect(await db().payment.count()).toBe(before);
  // What was done before is still found done.
  expect(await confirmBatch(replayed, act())).toMatchObject({ replayed: true });

  await lookAtRun({ runId, note: "A slip of mine in psql; the money is right." }, by());
  expect(await doctorStanding()).toEqual({ failing: true, blocked: false });
  expect(await latestRun()).toMatchObject({ lookedBy: "Nazira" });
  expect(await confirmBatch(post, act())).toMatchObject({ replayed: false });
  await reversePayment(bounced, act());

  // The same finding an hour later is the one that was looked at; one more is another.
  await runDoctor("app");
  expect((await doctorStanding()).blocked).toBe(false);
  await harm();
  await runDoctor("app");
  expect((await doctorStanding()).blocked).toBe(true);
});

test("a finding that had gone and comes back stops payments again", async () => {
  const harmed = await harm();
  const { runId } = await runDoctor("app");
  await lookAtRun({ runId, note: "Known." }, by());
  await mend();
  await runDoctor("app");
  expect(await doctorStanding()).toEqual({ failing: false, blocked: false });
  await superuser.query("UPDATE issues SET version = 7 WHERE id = $1", [harmed]);
  await runDoctor("app");
  expect((await doctorStanding()).blocked).toBe(true);
});

test("two admins look at once: payments go on, and what each of them wrote is kept", async () => {
  await harm();
  const { runId } = await runDoctor("app");
  const other = await buildAdmin({ name: "Sanzhar" });
  const notes = async () => {
    const entries = await db().auditEntry.findMany({
      where: { kind: "doctor_looked", detail: { path: ["runId"], equals: runId } },
      select: { actorId: true, detail: true },
    });
    return entries.map(({ actorId, detail }) => [actorId, (detail as { note: string }).note]);
  };
  const looks = [
    () => lookAtRun({ runId, note: "Mine in psql." }, by()),
    () => lookAtRun({ runId, note: "Asked Nazira." }, { ...by(), id: other.id }),
  ];
  await Promise.all(looks.map((look) => look()));
  expect(await db().doctorLook.count({ where: { runId } })).toBe(1);
  const both = expect.arrayContaining([
    [admin.id, "Mine in psql."],
    [other.id, "Asked Nazira."],
  ]);
  expect(await notes()).toEqual(both);
  expect((await doctorStanding()).blocked).toBe(false);
  await mend();
  await runDoctor("app");
  const { id: sound } = await db().doctorRun.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(await refusalOf(lookAtRun({ runId: sound, note: "Fine" }, by()))).toBe("doctor_changed");
});

test("of ten copies that are due at once, one looks", async () => {
  await superuser.query("UPDATE doctor_runs SET at = now() - interval '2 hours'");
  const reports = await Promise.all(Array.from({ length: 10 }, () => runDoctorIfDue()));
  expect(reports.filter(Boolean)).toHaveLength(1);
  expect(await runDoctorIfDue()).toBeNull();
});

test("it disturbs no payment under way, and sees none half done", async () => {
  const posts = [];
  for (let n = 0; n < 6; n++) posts.push(await confirmPost());
  const reports = await Promise.all([
    ...posts.map((post) => confirmBatch(post, act()).then(() => null)),
    ...posts.map(() => runDoctor("command")),
  ]);
  for (const report of reports) if (report) expect(report.findings).toEqual([]);
});

test("the page shows what was found, and takes a look with a note", async () => {
  const { secret: session } = await signIn({
    ...{ userId: admin.id, address: "192.0.2.1", userAgent: null, replaces: null },
  });
  const harmed = await harm();
  const { runId } = await runDoctor("app");
  const page = await answerOf(doctorPage.loader(visit("/app/admin/doctor", { session })));
  expect(await page.json()).toMatchObject({
    blocked: true,
    run: { id: runId, findings: [{ examples: [`issue ${harmed}`] }] },
  });
  const send = (form: Record<string, string>) =>
    answerOf(doctorPage.action(visit("/app/admin/doctor", { session, form })));
  expect((await send({ intent: "look", run: `${runId}`, note: " " })).status).toBe(422);
  const stale = await send({ intent: "look", run: `${runId - 1}`, note: "Known" });
  expect(stale.status).toBe(409);
  expect(await stale.json()).toMatchObject({ values: { note: "Known" } });
  expect((await send({ intent: "else" })).status).toBe(400);
  expect((await send({ intent: "look", run: `${runId}`, note: "Known" })).status).toBe(303);
  expect((await send({ intent: "look", run: `${runId}`, note: "Known" })).status).toBe(303);
  expect(await db().doctorLook.count({ where: { runId } })).toBe(1);
  expect(await db().auditEntry.count({ where: { kind: "doctor_looked", actorId: admin.id } })).toBe(
    await db().doctorLook.count(),
  );
  await mend();
  expect((await send({ intent: "run" })).status).toBe(303);
  expect(await doctorStanding()).toEqual({ failing: false, blocked: false });
});
