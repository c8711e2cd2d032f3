import { randomUUID } from "node:crypto";
import { db } from "~/database/client.server";
import { type BatchWarning, warningCode } from "~/domain/batch-warning";
import type { TransferDetails } from "~/domain/batch";
import { Refusal } from "~/domain/refusal";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  BUILDER_ZONE,
  buildTester,
} from "../../prisma/builders";
import { warningsFor } from "./batch-facts.server";
import { approveIssue } from "./decision.server";
import { transaction } from "~/database/transaction.server";
import { dateInZone } from "~/domain/team-date";

/** How many admins press at once: more than any team has, and more than the pool has connections. */
export const CLIENTS = 40;

export type Id = { readonly id: number };
export type Round = {
  readonly admins: readonly [Id, Id];
  readonly testers: readonly Id[];
  /** Approved for 800,000 minor units each, tester by tester. */
  readonly issueIds: readonly number[];
  readonly ownerOf: ReadonlyMap<number, number>;
};

export const AMOUNT = 800_000;
const ISSUES_EACH = 4;

/** Three testers with four approved issues each, and two admins who may pay them. */
export async function buildRound(): Promise<Round> {
  const admins = [
    await buildAdmin({ name: "Nazira" }),
    await buildAdmin({ name: "Sanzhar" }),
  ] as const;
  const testers: Id[] = [];
  for (const name of ["Aibek", "Dana", "Timur"]) testers.push(await buildTester({ name }));
  const cycle = await buildCycle({ testers });
  const ownerOf = new Map<number, number>();
  for (const tester of testers) {
    for (let n = 0; n < ISSUES_EACH; n++) {
      const issue = await buildIssue({ tester, cycle, severity: "high" });
      await approveIssue({ issueId: issue.id }, { actorId: admins[0].id, at: new Date() });
      ownerOf.set(issue.id, tester.id);
    }
  }
  return { admins, testers, issueIds: [...ownerOf.keys()], ownerOf };
}

export const payAct = (by: Id) => ({ actorId: by.id, at: new Date(), zone: BUILDER_ZONE });

/** Half of the round's issues, another half for each number, in either order: choices that overlap. */
export function overlappingChoice({ issueIds }: Round, number: number) {
  const start = number % issueIds.length;
  const around = [...issueIds.slice(start), ...issueIds.slice(0, start)];
  const chosen = around.slice(0, issueIds.length / 2);
  if (number % 2) chosen.reverse();
  return chosen.map((issueId) => ({ issueId, expected: AMOUNT }));
}

/** The same choice as an order of batch-pay. */
export function overlappingOrder(round: Round, number: number) {
  const payments = new Map<number, { issueId: number; expected: number }[]>();
  for (const choice of overlappingChoice(round, number)) {
    const testerId = round.ownerOf.get(choice.issueId) ?? 0;
    payments.set(testerId, [...(payments.get(testerId) ?? []), choice]);
  }
  return {
    key: randomUUID(),
    payments: [...payments].map(([testerId, issues]) => ({
      testerId,
      currency: "KZT" as const,
      method: "kaspi" as const,
      reference: `order-${number}-${testerId}`,
      paidOn: null,
      issues,
    })),
  };
}

/** How each transfer of the batch went out, and every tick that its warnings ask for. */
export async function confirmation(batchId: number, reference: string) {
  const stored = await db().payoutTransfer.findMany({ where: { batchId }, orderBy: { id: "asc" } });
  const transfers = stored.map(({ testerId, currency }): TransferDetails => ({
    testerId,
    currency,
    method: "kaspi",
    reference: `${reference}-${testerId}`,
    paidOn: null,
  }));
  const facts = stored.map((row, n) => ({
    ...row,
    ...transfers[n],
    total: Number(row.totalAmount),
  }));
  const now = new Date();
  const warnings: BatchWarning[] = await transaction((tx) =>
    warningsFor(
      tx,
      batchId,
      facts.map((fact) => ({
        ...fact,
        method: "kaspi",
        reference: fact.reference ?? null,
        paidOn: null,
      })),
      now,
      dateInZone(now, BUILDER_ZONE),
    ),
  );
  return { transfers, ticked: warnings.map(warningCode) };
}

/** Lets all attempts run at once and sorts what became of them. */
export async function outcomes<T>(attempts: readonly Promise<T>[]) {
  const results = await Promise.allSettled(attempts);
  const reasons = results.flatMap((r) => (r.status === "rejected" ? [r.reason as unknown] : []));
  return {
    done: results.flatMap((r) => (r.status === "fulfilled" ? [r.value] : [])),
    refusals: reasons.flatMap((reason) => (reason instanceof Refusal ? [reason.reason.code] : [])),
    unexpected: reasons.filter((reason) => !(reason instanceof Refusal)),
  };
}

/** Payments beyond the first of each of the round's issues: what must be 0, and is the money lost when it is not. */
export async function doublePayments({ issueIds }: Pick<Round, "issueIds">): Promise<number> {
  const paid = await db().payment.groupBy({
    by: ["issueId"],
    where: { issueId: { in: [...issueIds] }, amount: { gt: 0 } },
    _count: true,
  });
  return paid.reduce((sum, issue) => sum + issue._count - 1, 0);
}

export function paidIssues({ issueIds }: Pick<Round, "issueIds">): Promise<number> {
  return db().issue.count({ where: { id: { in: [...issueIds] }, payoutStatus: "paid" } });
}
