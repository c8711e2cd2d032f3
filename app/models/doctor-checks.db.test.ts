/** Each invariant of the doctor, broken as only a superuser can, with the triggers off: exactly that check must tell. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { asSuperuser, useTestDatabase } from "~/database/test-database";
import { CHECK_NAMES } from "~/domain/doctor-check";
import { approveIssue } from "~/models/decision.server";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import { BREAKS, type Examples } from "./doctor-breaks.fixture";
import { CHECKS } from "./doctor-checks";
import { examine, examineDatabase } from "./doctor.server";
import { reversePayment, voidPayment } from "./reversal.server";
import { dateInZone } from "~/domain/team-date";

const url = useTestDatabase();

let superuser: pg.Client;
let ids: Examples;

beforeAll(async () => {
  superuser = new pg.Client(asSuperuser(url));
  await superuser.connect();
  const admin = await buildAdmin({ name: "Nazira" });
  const tester = await buildTester({ name: "Aibek" });
  const cycle = await buildCycle({ testers: [tester, await buildTester({ name: "Dana" })] });
  const act = { actorId: admin.id, at: new Date() };
  const approved = async () => {
    const { id } = await buildIssue({ tester, cycle });
    await approveIssue({ issueId: id }, act);
    return id;
  };
  const several = async (count: number) => {
    const made = [];
    for (let n = 0; n < count; n++) made.push(await approved());
    return made;
  };
  const [paid, again, returned] = [await several(2), await approved(), await approved()];
  await buildPaidBatch({ admin, issueIds: [...paid, again, returned] });
  const on = dateInZone(act.at, "Asia/Almaty");
  const why = { reason: "Wrong card", on };
  await reversePayment({ ...why, issueId: again, kind: "bounced" }, act);
  await buildPaidBatch({ admin, issueIds: [again] });
  await voidPayment({ ...why, issueId: returned, money: "returned" }, act);
  const held = await several(2);
  for (const issueId of held) await buildPreparedBatch({ admin, issueIds: [issueId] });
  ids = { paid, again, returned, held, waiting: await approved() };
});
afterAll(() => superuser.end());

const failing = async (sql: Parameters<typeof examine>[0]) =>
  (await examine(sql)).filter(({ offenders }) => offenders > 0).map(({ check }) => check);

test("there is a check for each name, once", () => {
  expect(CHECKS.map(({ name }) => name).sort()).toEqual([...CHECK_NAMES].sort());
});

test("all of them hold on what the app itself wrote", async () => {
  expect((await examineDatabase()).filter(({ offenders }) => offenders > 0)).toEqual([]);
});

describe("broken, and told", () => {
  test("each check is", () => {
    expect(BREAKS.map(({ check }) => check).sort()).toEqual([...CHECK_NAMES].sort());
  });

  test.each(BREAKS)("$check", async ({ check, also = [], statements }) => {
    await superuser.query("BEGIN");
    try {
      await superuser.query("SET LOCAL session_replication_role = replica");
      for (const statement of statements(ids)) {
        const { rowCount } = await superuser.query(statement);
        // A break that hits nothing would prove nothing.
        if (/^\s*(UPDATE|INSERT|DELETE)/.test(statement)) expect(rowCount).toBeGreaterThan(0);
      }
      const told = await failing(superuser);
      expect(new Set(told)).toEqual(new Set([check, ...also]));
    } finally {
      await superuser.query("ROLLBACK");
    }
  });

  test("and nothing of it stayed", async () => {
    expect(await failing(superuser)).toEqual([]);
    expect(await db().doctorRun.count()).toBe(0);
  });
});
