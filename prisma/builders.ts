import { randomUUID } from "node:crypto";
import { db } from "~/database/client.server";
import { warningCode } from "~/domain/batch-warning";
import type { PayoutMethod } from "~/domain/payment";
import { Refusal } from "~/domain/refusal";
import type { PayoutRates } from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import { type ConfirmPost, confirmBatch, type PayAct, prepareBatch } from "~/models/batch.server";
import { fileIssue } from "~/models/issue-filing.server";
import { createUser } from "~/models/user.server";

// Builders for the demo data and the tests: each makes its things by the very functions that the pages call.

/** The team's zone of DESIGN 9, for data that needs a "today". */
export const BUILDER_ZONE = "Asia/Almaty";

type Person = {
  readonly name: string;
  readonly email?: string;
  readonly passwordHash?: string | null;
  readonly payeeName?: string;
  readonly kaspiPhone?: string;
  readonly iban?: string;
};

function buildUser(person: Person, role: "tester" | "admin"): Promise<{ id: number }> {
  const email =
    person.email ?? `${person.name.toLowerCase()}-${randomUUID().slice(0, 8)}@example.com`;
  return createUser({ ...person, email, role, passwordHash: person.passwordHash ?? null });
}

export const buildTester = (person: Person) => buildUser(person, "tester");
export const buildAdmin = (person: Person) => buildUser(person, "admin");

/** A cycle, open, with these testers in it. Rates in minor units. */
export function buildCycle(cycle: {
  readonly name?: string;
  readonly rates?: PayoutRates;
  readonly testers?: readonly { id: number }[];
}): Promise<{ id: number }> {
  const { rates = {}, testers = [] } = cycle;
  return db().testCycle.create({
    data: {
      name: cycle.name ?? `Cycle ${randomUUID().slice(0, 8)}`,
      metadata: Object.keys(rates).length > 0 ? { payout_rates: rates } : {},
      testers: { create: testers.map((tester) => ({ userId: tester.id })) },
    },
    select: { id: true },
  });
}

/** An issue filed by `tester`: open and pending, or a draft. */
export function buildIssue(issue: {
  readonly tester: { id: number };
  readonly cycle: { id: number };
  readonly severity?: Severity;
  readonly title?: string;
  readonly body?: string;
  readonly draft?: boolean;
  readonly at?: Date;
}): Promise<{ id: number }> {
  return fileIssue(
    {
      cycleId: issue.cycle.id,
      severity: issue.severity ?? "medium",
      title: issue.title ?? `Issue ${randomUUID().slice(0, 8)}`,
      body: issue.body ?? "",
      draft: issue.draft ?? false,
      key: randomUUID(),
    },
    { actorId: issue.tester.id, at: issue.at ?? new Date() },
  );
}

/** Pays these issues (of any testers, all approved) in one confirmed batch: one transfer per tester and currency. */
export async function buildPaidBatch(batch: {
  readonly admin: { id: number };
  readonly issueIds: readonly number[];
  readonly method?: PayoutMethod;
  readonly reference?: string | null;
  readonly at?: Date;
  readonly zone?: string;
}): Promise<{ batchId: number }> {
  const { method = "kaspi", at = new Date(), zone = BUILDER_ZONE } = batch;
  const { batchId } = await buildPreparedBatch(batch);
  const transfers = await db().payoutTransfer.findMany({
    where: { batchId },
    select: { testerId: true, currency: true },
    orderBy: { id: "asc" },
  });
  const reference = batch.reference === undefined ? `REF-${batchId}` : batch.reference;
  await confirmWhateverItWarns(
    {
      batchId,
      key: randomUUID(),
      transfers: transfers.map((transfer) => ({ ...transfer, method, reference, paidOn: null })),
    },
    { actorId: batch.admin.id, at, zone },
  );
  return { batchId };
}

// As an admin would: read the warnings, tick them, press again.
async function confirmWhateverItWarns(
  post: Omit<ConfirmPost, "ticked">,
  act: PayAct,
): Promise<void> {
  try {
    await confirmBatch({ ...post, ticked: [] }, act);
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason.code !== "warnings") throw error;
    await confirmBatch({ ...post, ticked: error.reason.warnings.map(warningCode) }, act);
  }
}

/** Reserves these approved issues in a batch that waits to be confirmed. */
export async function buildPreparedBatch(batch: {
  readonly admin: { id: number };
  readonly issueIds: readonly number[];
  readonly at?: Date;
  readonly zone?: string;
}): Promise<{ batchId: number }> {
  const { at = new Date(), zone = BUILDER_ZONE } = batch;
  const issues = await db().issue.findMany({
    where: { id: { in: [...batch.issueIds] } },
    select: { id: true, approvedAmount: true },
  });
  return prepareBatch(
    {
      key: randomUUID(),
      lines: [],
      choices: issues.map((i) => ({ issueId: i.id, expected: Number(i.approvedAmount) })),
    },
    { actorId: batch.admin.id, at, zone },
  );
}
