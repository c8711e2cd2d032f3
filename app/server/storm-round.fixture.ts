import { randomUUID } from "node:crypto";
import { db } from "~/database/client.server";
import { AMOUNT, CLIENTS } from "~/models/batch-race.fixture";
import { approveIssue } from "~/models/decision.server";
import { buildIssue, buildPreparedBatch } from "../../prisma/builders";
import type { AdminClient } from "./kill-client.fixture";

type Id = { readonly id: number };
export type StormPeople = {
  /** Each in a session of its own; client n is admin n modulo so many. */
  readonly clients: readonly AdminClient[];
  readonly admins: readonly Id[];
  readonly testers: readonly Id[];
  readonly cycle: Id;
};

type Approved = { readonly id: number; readonly testerId: number };
/** How often each status came. */
export type Statuses = Readonly<Record<number, number>>;

/** Forty posts that are to run at once, all about the same issues. */
export type StormRound = {
  readonly kind: string;
  readonly issues: readonly Approved[];
  readonly batchId: number | null;
  readonly attempt: (n: number) => Promise<Response>;
  /** The answers that this round must have; null: as many successes as there are, at least one. */
  readonly expected: Statuses | null;
};

const ISSUES_EACH = 4;

async function approvedIssues({ admins, testers, cycle }: StormPeople): Promise<Approved[]> {
  const issues: Approved[] = [];
  for (const tester of testers) {
    for (let n = 0; n < ISSUES_EACH; n++) {
      const { id } = await buildIssue({ tester, cycle, severity: "high" });
      await approveIssue({ issueId: id }, { actorId: admins[0]?.id ?? 0, at: new Date() });
      issues.push({ id, testerId: tester.id });
    }
  }
  return issues;
}

/** An order of batch-pay for these issues. */
export function orderOf(issues: readonly Approved[], key = randomUUID() as string) {
  const payments = [...new Set(issues.map(({ testerId }) => testerId))].map((testerId) => ({
    ...{ testerId, currency: "KZT", method: "kaspi", reference: `${key}-${testerId}` },
    issues: issues
      .filter((issue) => issue.testerId === testerId)
      .map(({ id }) => ({ id, expectedAmount: AMOUNT })),
  }));
  return { key, payments };
}

export const payOrder = (client: AdminClient | undefined, order: ReturnType<typeof orderOf>) => {
  if (!client) throw new Error("There is no such client.");
  return client.postJson("/api/admin/payouts/batch-pay", order);
};

/** Half of the issues, another half for each number, in either order. */
function overlappingHalf(issues: readonly Approved[], n: number): Approved[] {
  const start = n % issues.length;
  const half = [...issues.slice(start), ...issues.slice(0, start)].slice(0, issues.length / 2);
  return n % 2 ? half.reverse() : half;
}

type Confirm = (n: number, given: { key: string; reference: string }) => Promise<Response>;

/** The form of a batch page, every warning ticked. */
async function preparedForm(people: StormPeople, issues: readonly Approved[]) {
  const [admin] = people.admins;
  if (!admin) throw new Error("There is no admin.");
  const issueIds = issues.map(({ id }) => id);
  const { batchId } = await buildPreparedBatch({ admin, issueIds });
  const transfers = await db().payoutTransfer.findMany({ where: { batchId } });
  const ticks = transfers.map((t) => `same_total_recently:${t.testerId}:KZT:${t.totalAmount}`);
  const confirm: Confirm = (n, { key, reference }) => {
    // With cash nothing is asked about the payee.
    const fields: Record<string, string> = { intent: "confirm", key, method: "cash", paidOn: "" };
    for (const { id } of transfers) fields[`reference-${id}`] = `${reference}-${id}`;
    const client = people.clients[n];
    if (!client) throw new Error("There is no such client.");
    return client.postForm(`/app/admin/payouts/batches/${batchId}`, fields, ticks);
  };
  return { batchId, confirm };
}

const share = (admins: number) => CLIENTS / admins;

/** What the clients of one round have in common, and what not. */
const FORM_KINDS: readonly {
  readonly kind: string;
  readonly same: readonly ("key" | "reference")[];
  readonly expected: (admins: number) => Statuses;
}[] = [
  { kind: "one key, one content", same: ["key", "reference"], expected: () => ({ 303: CLIENTS }) },
  { kind: "a key each", same: ["reference"], expected: () => ({ 303: CLIENTS }) },
  { kind: "a reference each", same: [], expected: () => ({ 303: 1, 409: CLIENTS - 1 }) },
  {
    // A key is an admin's own: the winner's other posts are told of the key, everybody else's of the batch.
    kind: "one key, a reference each",
    same: ["key"],
    expected: (admins) => ({ 303: 1, 409: CLIENTS - share(admins), 422: share(admins) - 1 }),
  },
];

type Maker = (people: StormPeople, issues: readonly Approved[]) => Promise<StormRound>;

const formMakers = FORM_KINDS.map(({ kind, same, expected }): Maker => async (people, issues) => {
  const { batchId, confirm } = await preparedForm(people, issues);
  const [key, reference] = [randomUUID(), randomUUID()];
  const attempt = (n: number) =>
    confirm(n, {
      key: same.includes("key") ? key : randomUUID(),
      reference: same.includes("reference") ? reference : randomUUID(),
    });
  return { kind, issues, batchId, attempt, expected: expected(people.admins.length) };
});

const overlappingOrders: Maker = async ({ clients }, issues) => ({
  ...{ kind: "orders that overlap", issues, batchId: null, expected: null },
  attempt: (n) => payOrder(clients[n], orderOf(overlappingHalf(issues, n))),
});

const oneOrder: Maker = async ({ clients, admins }, issues) => {
  const order = orderOf(issues);
  const own = share(admins.length);
  return {
    ...{ kind: "one order", issues, batchId: null, expected: { 200: own, 409: CLIENTS - own } },
    attempt: (n) => payOrder(clients[n], order),
  };
};

const formsAndOrders: Maker = async (people, issues) => {
  const { batchId, confirm } = await preparedForm(people, issues);
  const given = { key: randomUUID(), reference: randomUUID() };
  return {
    ...{ kind: "a form, and orders of its issues", issues, batchId },
    expected: { 303: CLIENTS / 2, 409: CLIENTS / 2 },
    attempt: (n) =>
      n < CLIENTS / 2
        ? confirm(n, given)
        : payOrder(people.clients[n], orderOf(overlappingHalf(issues, n))),
  };
};

const MAKERS: readonly Maker[] = [...formMakers, overlappingOrders, oneOrder, formsAndOrders];

/** Round after round another kind; each has issues of its own, approved and waiting. */
export async function makeRound(people: StormPeople, number: number): Promise<StormRound> {
  const make = MAKERS[number % MAKERS.length] ?? overlappingOrders;
  return make(people, await approvedIssues(people));
}
