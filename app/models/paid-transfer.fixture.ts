import { db } from "~/database/client.server";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildTester,
} from "../../prisma/builders";
import { approveIssue } from "./decision.server";
import { type TransferPayment, transferPayments } from "./transfer-payments.server";
import { transaction } from "~/database/transaction.server";

type Id = { readonly id: number };

/** 10 May, noon in the team's zone. */
export const PAID_AT = new Date("2026-05-10T07:00:00Z");
export const PAID_ON = "2026-05-10";
export const on = (day: number, by: Id) => ({
  actorId: by.id,
  at: new Date(`2026-05-${String(day).padStart(2, "0")}T08:00:00Z`),
});

export type PaidTransfer = {
  readonly nazira: Id;
  readonly sanzhar: Id;
  readonly tester: Id;
  readonly batchId: number;
  readonly transferId: number;
  readonly issueIds: readonly number[];
  readonly paymentIds: readonly number[];
};

/** One tester's three issues, paid in one transfer on 10 May with reference 8841, by Nazira. */
export async function buildPaidTransfer(
  how: { readonly tester?: Id; readonly reference?: string | null; readonly method?: "cash" } = {},
): Promise<PaidTransfer> {
  const nazira = await buildAdmin({ name: "Nazira" });
  const sanzhar = await buildAdmin({ name: "Sanzhar" });
  const tester = how.tester ?? (await buildTester({ name: "Aibek" }));
  const cycle = await buildCycle({ testers: [tester] });
  const issueIds: number[] = [];
  for (const severity of ["high", "medium", "low"] as const) {
    const { id } = await buildIssue({ tester, cycle, severity, at: new Date("2026-05-01") });
    await approveIssue({ issueId: id }, on(2, nazira));
    issueIds.push(id);
  }
  const { batchId } = await buildPaidBatch({
    ...{ admin: nazira, issueIds, at: PAID_AT },
    ...{ method: how.method ?? "kaspi", reference: how.reference ?? (how.method ? null : "8841") },
  });
  const { id: transferId } = await db().payoutTransfer.findFirstOrThrow({ where: { batchId } });
  const paymentIds = (await paymentsOf(transferId)).map((payment) => payment.id);
  return { nazira, sanzhar, tester, batchId, transferId, issueIds, paymentIds };
}

export function paymentsOf(transferId: number): Promise<TransferPayment[]> {
  return transaction((tx) => transferPayments(tx, [transferId]));
}

/** What may grow when something is done, and nothing else may. */
export async function rowCounts() {
  const [payments, events, corrections] = await Promise.all([
    db().payment.count(),
    db().issueEvent.count(),
    db().paymentCorrection.count(),
  ]);
  return { payments, events, corrections };
}

/** The reason of the Refusal that it ends with. */
export async function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Error && "reason" in error) return error.reason;
    throw error;
  }
  return "done";
}
