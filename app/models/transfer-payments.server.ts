import type { Tx } from "~/database/transaction.server";
import type { IssueStatus } from "~/domain/issue-status";
import { type Currency, type Money, money } from "~/domain/money";
import type { PayoutMethod, ReversalKind } from "~/domain/payment";
import type { PayoutStatus } from "~/domain/payout-status";
import type { Severity } from "~/domain/severity";
import { type TakeBack, takeBackOf } from "~/domain/take-back";
import type { IsoDate } from "~/domain/team-date";
import { Prisma } from "~/generated/prisma/client";
import { PAID_ON, REFERENCE, WITH_LATEST_CORRECTION } from "./corrected-payment";

/** How a payment was taken back, by whom and why. */
export type TakenBack = {
  readonly how: TakeBack;
  /** The reversal's own date; null where the money was kept. */
  readonly on: IsoDate | null;
  readonly reason: string;
  readonly by: string | null;
  readonly byId: number | null;
  readonly at: Date;
};

/** A payment of a confirmed transfer as it counts: with its latest correction, and whether it still stands. */
export type TransferPayment = {
  readonly id: number;
  readonly transferId: number;
  readonly issueId: number;
  readonly testerId: number;
  readonly title: string;
  readonly severity: Severity;
  readonly money: Money;
  readonly method: PayoutMethod;
  readonly reference: string | null;
  readonly paidOn: IsoDate;
  /** The id of its latest correction; 0 where there is none. */
  readonly correctionId: number;
  readonly takenBack: TakenBack | null;
  readonly issue: {
    readonly version: number;
    readonly status: IssueStatus;
    readonly payoutStatus: PayoutStatus;
  };
};

type Row = {
  id: number;
  transfer_id: number;
  issue_id: number;
  tester_id: number;
  issue_title: string;
  severity: Severity;
  amount: bigint;
  currency: Currency;
  method: PayoutMethod;
  reference: string | null;
  paid_on: string;
  correction_id: number;
  version: number;
  status: IssueStatus;
  payout_status: PayoutStatus;
  reversal_kind: ReversalKind | null;
  reversed_on: string | null;
  event_kind: "reversed" | "voided" | null;
  reason: string | null;
  actor: string | null;
  actor_id: number | null;
  at: Date | null;
};

/** The payments of these transfers, by issue. A reversal has its event at the same instant, by the database's rule. */
export async function transferPayments(
  tx: Tx,
  transferIds: readonly number[],
): Promise<TransferPayment[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT p.id, p.transfer_id, p.issue_id, p.tester_id, p.issue_title, p.severity, p.amount, p.currency, p.method,
           ${REFERENCE} AS reference, ${PAID_ON}::text AS paid_on, coalesce(latest.id, 0) AS correction_id,
           i.version, i.status, i.payout_status, back.kind AS reversal_kind, back.paid_on::text AS reversed_on,
           e.kind AS event_kind, e.reason, u.name AS actor, e.actor_id, e.at
      FROM issue_payouts p
      JOIN issues i ON i.id = p.issue_id
      ${WITH_LATEST_CORRECTION}
      LEFT JOIN LATERAL (
        SELECT r.kind, r.recorded_at, payment_paid_on(r) AS paid_on
          FROM issue_payouts r WHERE r.issue_id = p.issue_id AND r.seq = p.seq + 1
      ) back ON true
      LEFT JOIN LATERAL (
        SELECT e.kind, e.reason, e.actor_id, e.at FROM issue_events e
          WHERE e.issue_id = p.issue_id AND e.from_payout_status = 'paid'
            AND CASE WHEN back.kind IS NULL THEN i.payout_status = 'void' AND e.kind = 'voided'
                     ELSE e.kind IN ('reversed', 'voided') AND e.at = back.recorded_at END
          ORDER BY e.version DESC LIMIT 1
      ) e ON true
      LEFT JOIN users u ON u.id = e.actor_id
      WHERE p.transfer_id IN (${Prisma.join(transferIds.length > 0 ? [...transferIds] : [0])}) AND p.seq % 2 = 1
      ORDER BY p.transfer_id, p.issue_id`;
  return rows.map(transferPayment);
}

function transferPayment(row: Row): TransferPayment {
  const { id, severity, method, reference, version, status } = row;
  return {
    ...{ id, severity, method, reference },
    transferId: row.transfer_id,
    issueId: row.issue_id,
    testerId: row.tester_id,
    title: row.issue_title,
    money: money(row.currency, row.amount),
    paidOn: row.paid_on,
    correctionId: row.correction_id,
    takenBack: takenBack(row),
    issue: { version, status, payoutStatus: row.payout_status },
  };
}

function takenBack(row: Row): TakenBack | null {
  if (row.event_kind === null || row.at === null) return null;
  return {
    how: takeBackOf(row.event_kind === "voided", row.reversal_kind),
    on: row.reversed_on,
    reason: row.reason ?? "",
    by: row.actor,
    byId: row.actor_id,
    at: row.at,
  };
}
