import { randomUUID } from "node:crypto";
import { deepStrictEqual } from "node:assert/strict";
import { db } from "~/database/client.server";
import { AMOUNT } from "~/models/batch-race.fixture";
import { approveIssue } from "~/models/decision.server";
import { buildCycle, buildIssue, buildPreparedBatch, buildTester } from "../../prisma/builders";
import { FORM, JSON_BODY } from "./test-server.fixture";
import type { Answer } from "./test-server.fixture";
import type { WalkServer } from "./walk-server.fixture";

/** One post of an admin about issues of its own, the very same whenever it is pressed. */
export type MoneyPost = {
  readonly key: string;
  readonly issueIds: readonly number[];
  readonly press: () => Promise<Answer>;
  /** How many of its issues it has brought where they should be: none or all. */
  readonly done: () => Promise<number>;
};

const ADMIN_ID_OF = "SELECT id FROM users WHERE name = 'Nazira'";

async function approvedIssues(): Promise<{ ids: number[]; admin: { id: number } }> {
  const [admin] = await db().$queryRawUnsafe<{ id: number }[]>(ADMIN_ID_OF);
  if (!admin) throw new Error("The walk has no Nazira.");
  const tester = await buildTester({ name: "Timur" });
  const cycle = await buildCycle({ testers: [tester] });
  const ids: number[] = [];
  for (let n = 0; n < 3; n++) {
    const { id } = await buildIssue({ tester, cycle, severity: "high" });
    await approveIssue({ issueId: id }, { actorId: admin.id, at: new Date() });
    ids.push(id);
  }
  return { ids, admin };
}

/** Payments of these issues; their states and histories agree with them. */
async function paid(issueIds: readonly number[]): Promise<number> {
  const ids = { in: [...issueIds] };
  const [payments, states, events] = await Promise.all([
    db().payment.count({ where: { issueId: ids } }),
    db().issue.count({ where: { id: ids, payoutStatus: "paid" } }),
    db().issueEvent.count({ where: { issueId: ids, kind: "paid" } }),
  ]);
  deepStrictEqual([states, events], [payments, payments]);
  return payments;
}

async function poster(server: WalkServer, path: string, key: string) {
  const csrf = await server.tokenOf("admin");
  const headers = { ...FORM, cookie: server.walk.cookies.admin, origin: server.app.origin };
  return (fields: readonly (readonly [string, string])[]) => {
    const body = new URLSearchParams([["csrf", csrf], ["key", key], ...fields.map((f) => [...f])]);
    return () => server.send(path, { headers, body: body.toString() });
  };
}

/** Step 1: reserves three issues. */
export async function preparing(server: WalkServer): Promise<MoneyPost> {
  const { ids } = await approvedIssues();
  const key = randomUUID();
  const post = await poster(server, "/app/admin/payouts/batches", key);
  const press = post(ids.map((id) => ["choice", `${id}:${AMOUNT}`] as const));
  const done = () => db().batchItem.count({ where: { issueId: { in: ids }, state: "reserved" } });
  return { key, issueIds: ids, press, done };
}

/** Step 2: the form of a prepared batch. */
export async function confirming(server: WalkServer): Promise<MoneyPost> {
  const { ids, admin } = await approvedIssues();
  const { batchId } = await buildPreparedBatch({ admin, issueIds: ids });
  const key = randomUUID();
  const post = await poster(server, `/app/admin/payouts/batches/${batchId}`, key);
  const press = post([
    ["intent", "confirm"],
    ["method", "cash"],
    ["paidOn", ""],
  ]);
  return { key, issueIds: ids, press, done: () => paid(ids) };
}

/** Both steps in one call. */
export async function batchPaying(server: WalkServer): Promise<MoneyPost> {
  const { ids } = await approvedIssues();
  const { testerId } = await db().issue.findFirstOrThrow({ where: { id: { in: ids } } });
  const key = randomUUID();
  const issues = ids.map((id) => ({ id, expectedAmount: AMOUNT }));
  const payment = { testerId, currency: "KZT", method: "kaspi", reference: key, issues };
  const headers = { ...JSON_BODY, cookie: server.walk.cookies.admin, origin: server.app.origin };
  const body = JSON.stringify({ key, payments: [payment] });
  const press = () => server.send("/api/admin/payouts/batch-pay", { headers, body });
  return { key, issueIds: ids, press, done: () => paid(ids) };
}
