import type { Tx } from "~/database/transaction.server";
import type { IssueMove, IssueState } from "~/domain/issue-move";
import { type Currency, toMinor } from "~/domain/money";
import { type PayoutRates, payoutRatesFrom } from "~/domain/rates";
import { refuse } from "~/domain/refusal";
import type { Severity } from "~/domain/severity";
import type { IssueStatus } from "~/domain/issue-status";
import type { PayoutStatus } from "~/domain/payout-status";
import type { Prisma } from "~/generated/prisma/client";

/** Who does it, and when: the clock is read once, where the request enters. */
export type Act = { readonly actorId: number; readonly at: Date };

/** An issue as it stands under its row lock. */
export type LockedIssue = {
  readonly id: number;
  readonly testerId: number;
  readonly cycleId: number;
  readonly version: number;
  readonly severity: Severity;
  readonly title: string;
  readonly state: IssueState;
  readonly payoutRates: PayoutRates;
};

export type ChangedIssue = {
  readonly id: number;
  readonly version: number;
  readonly state: IssueState;
};

type LockedRow = {
  id: number;
  tester_id: number;
  cycle_id: number;
  version: number;
  severity: Severity;
  title: string;
  status: IssueStatus;
  payout_status: PayoutStatus;
  approved_amount: bigint | null;
  approved_currency: Currency | null;
  metadata: unknown;
};

/**
 * Locks one issue for the rest of the transaction. Throws Refusal `not_found`, or `frozen` when a prepared batch holds
 * it (DESIGN 3): every change of state goes through here, so the rule stands in one place.
 */
export async function lockIssue(tx: Tx, issueId: number): Promise<LockedIssue> {
  const [row] = await tx.$queryRaw<LockedRow[]>`
    SELECT i.id, i.tester_id, i.cycle_id, i.version, i.severity, i.title, i.status, i.payout_status,
           i.approved_amount, i.approved_currency, c.metadata
      FROM issues i JOIN test_cycles c ON c.id = i.cycle_id
      WHERE i.id = ${issueId} FOR UPDATE OF i`;
  if (!row) return refuse({ code: "not_found" });
  await refuseFrozen(tx, issueId);
  return {
    id: row.id,
    testerId: row.tester_id,
    cycleId: row.cycle_id,
    version: row.version,
    severity: row.severity,
    title: row.title,
    state: {
      status: row.status,
      payoutStatus: row.payout_status,
      approved:
        row.approved_amount === null || row.approved_currency === null
          ? null
          : { currency: row.approved_currency, amount: toMinor(row.approved_amount) },
    },
    payoutRates: payoutRatesFrom(row.metadata),
  };
}

async function refuseFrozen(tx: Tx, issueId: number): Promise<void> {
  const [held] = await tx.$queryRaw<{ batch_id: number }[]>`
    SELECT batch_id FROM payout_batch_items WHERE issue_id = ${issueId} AND state = 'reserved'`;
  if (held) refuse({ code: "frozen", batchId: held.batch_id });
}

/** Throws Refusal `stale`, naming who changed the issue last, unless it still is the version that the page showed. */
export async function requireVersion(
  tx: Tx,
  issue: LockedIssue,
  version: number | undefined,
): Promise<void> {
  if (version === undefined || version === issue.version) return;
  const last = await tx.issueEvent.findUnique({
    where: { issueId_version: { issueId: issue.id, version: issue.version } },
    select: { at: true, actor: { select: { name: true } } },
  });
  refuse({
    code: "stale",
    by: last?.actor?.name ?? null,
    at: last?.at ?? new Date(0),
    status: issue.state.status,
    payoutStatus: issue.state.payoutStatus,
  });
}

/**
 * Writes a move of the state machine (domain/issue-move) and its event. The issue must be locked. `approved` keeps who
 * and when of the commitment: they change with its amount, and go with it. `detail`: what the event tells besides.
 * Throws Refusal `illegal` for a move that the rules refused.
 */
export async function applyMove(
  tx: Tx,
  issue: LockedIssue,
  move: IssueMove,
  act: Act,
  detail?: Prisma.InputJsonObject,
): Promise<ChangedIssue> {
  if (!move.ok) return refuse({ code: "illegal", problem: move.problem });
  const { next, event } = move;
  const version = issue.version + 1;
  const commits = event.kind === "approved" || event.kind === "amount_changed";
  await tx.issue.update({
    where: { id: issue.id, version: issue.version },
    data: {
      version,
      status: next.status,
      payoutStatus: next.payoutStatus,
      approvedAmount: next.approved?.amount ?? null,
      approvedCurrency: next.approved?.currency ?? null,
      ...(next.approved === null ? { approvedAt: null, approvedById: null } : {}),
      ...(event.kind === "submitted" ? { filedAt: act.at } : {}),
      ...(commits ? { approvedAt: act.at, approvedById: act.actorId } : {}),
    },
    select: { id: true },
  });
  const money = next.approved ?? event.money;
  await tx.issueEvent.create({
    data: {
      issueId: issue.id,
      version,
      kind: event.kind,
      at: act.at,
      actorId: act.actorId,
      fromStatus: issue.state.status,
      toStatus: next.status,
      fromPayoutStatus: issue.state.payoutStatus,
      toPayoutStatus: next.payoutStatus,
      amount: money?.amount ?? null,
      currency: money?.currency ?? null,
      reason: event.reason,
      note: event.note,
      detail,
    },
    select: { id: true },
  });
  return { id: issue.id, version, state: next };
}
