import { randomUUID } from "node:crypto";
import { db } from "~/database/client.server";
import { approveIssue } from "~/models/decision.server";
import { buildIssue, buildPreparedBatch } from "../../prisma/builders";
import type { AdminClient } from "./kill-client.fixture";

type Id = { readonly id: number };
type People = {
  readonly client: AdminClient;
  readonly admin: Id;
  readonly testers: readonly Id[];
  readonly cycle: Id;
};

/** One post that pays these issues, and the very same one whenever it is pressed. */
export type Press = { readonly issueIds: number[]; readonly press: () => Promise<Response> };

const ISSUES = 12;

/** Two calls and two forms, each about issues of its own, to be under way together. */
export function makePresses(people: People): Promise<Press[]> {
  return Promise.all([jsonPress(people), formPress(people), jsonPress(people), formPress(people)]);
}

async function approvedIssues({ admin, testers, cycle }: People) {
  const issues = [];
  for (let n = 0; n < ISSUES; n++) {
    const tester = testers[n % testers.length] ?? admin;
    const { id } = await buildIssue({ tester, cycle, severity: "low" });
    await approveIssue({ issueId: id }, { actorId: admin.id, at: new Date() });
    issues.push({ id, testerId: tester.id });
  }
  return issues;
}

/** One call that prepares and confirms. */
async function jsonPress(people: People): Promise<Press> {
  const issues = await approvedIssues(people);
  const body = {
    key: randomUUID(),
    payments: people.testers.map(({ id }) => ({
      testerId: id,
      currency: "KZT",
      method: "kaspi",
      reference: randomUUID(),
      issues: issues
        .filter((i) => i.testerId === id)
        .map((i) => ({ id: i.id, expectedAmount: 100_000 })),
    })),
  };
  const press = () => people.client.postJson("/api/admin/payouts/batch-pay", body);
  return { issueIds: issues.map((issue) => issue.id), press };
}

/** The page's second step: a prepared batch, confirmed by its form with every warning ticked. */
async function formPress(people: People): Promise<Press> {
  const { admin, client } = people;
  const issueIds = (await approvedIssues(people)).map((issue) => issue.id);
  const { batchId } = await buildPreparedBatch({ admin, issueIds });
  const path = `/app/admin/payouts/batches/${batchId}`;
  const { key } = await client.formOf(path);
  const transfers = await db().payoutTransfer.findMany({ where: { batchId } });
  // Cash needs no reference, and with cash nothing is asked about the payee.
  const fields: Record<string, string> = { intent: "confirm", key, method: "cash", paidOn: "" };
  for (const { id } of transfers) fields[`reference-${id}`] = randomUUID();
  const ticks = transfers.map((t) => `same_total_recently:${t.testerId}:KZT:${t.totalAmount}`);
  return { issueIds, press: () => client.postForm(path, fields, ticks) };
}
