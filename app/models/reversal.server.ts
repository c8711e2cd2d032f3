import { type Tx, transaction } from "~/database/transaction.server";
import { requireGuards } from "~/database/guards.server";
import {
  type IssueMove,
  type IssueState,
  reverse,
  type VoidedMoney,
  voidPaid,
} from "~/domain/issue-move";
import { isReversalSeq, type ReversalKind } from "~/domain/payment";
import { refuse } from "~/domain/refusal";
import type { IsoDate } from "~/domain/team-date";
import { requireSoundMoney } from "./doctor-standing.server";
import { REFERENCE, WITH_LATEST_CORRECTION } from "./corrected-payment";
import {
  type Act,
  applyMove,
  type ChangedIssue,
  lockIssue,
  requireVersion,
} from "./issue-change.server";

type Shown = { readonly issueId: number; readonly version?: number | undefined };

/** `replayed`: the same admin had done exactly this on that version before, and nothing was done now. */
export type IssueTakenBack = ChangedIssue & { readonly replayed: boolean };

/**
 * paid → approved: the transfer bounced or was never sent. Writes the exact opposite of the payment, dated `on` (the
 * team's date), and the issue is back in the pay queue (DESIGN 3).
 * Throws Refusal: not_found, stale, own_issue, illegal, reversed_before_paid, money_in_doubt; GuardsMissing.
 */
export function reversePayment(
  change: Shown & {
    readonly kind: "bounced" | "never_sent";
    readonly reason: string;
    readonly on: IsoDate;
  },
  act: Act,
): Promise<IssueTakenBack> {
  return takeBack({ ...change, event: "reversed" }, (state) => reverse(state, change), act);
}

/**
 * paid → void, for good. Money `returned` or `never_sent` is reversed; money `kept` stays counted (DESIGN 3).
 * Throws as reversePayment does.
 */
export function voidPayment(
  change: Shown & {
    readonly money: VoidedMoney;
    readonly reason: string;
    readonly on: IsoDate;
  },
  act: Act,
): Promise<IssueTakenBack> {
  const { money } = change;
  const kind = money === "kept" ? null : money;
  return takeBack({ ...change, kind, event: "voided" }, (state) => voidPaid(state, change), act);
}

type TakingBack = Shown & {
  readonly event: "reversed" | "voided";
  readonly kind: ReversalKind | null;
  readonly reason: string;
  readonly on: IsoDate;
};

async function takeBack(
  change: TakingBack,
  moveOf: (state: IssueState) => IssueMove,
  act: Act,
): Promise<IssueTakenBack> {
  await requireGuards();
  return transaction(async (tx) => {
    const issue = await lockIssue(tx, change.issueId);
    if (issue.testerId === act.actorId) refuse({ code: "own_issue", issueIds: [issue.id] });
    if (await isReplay(tx, change, act)) {
      return { id: issue.id, version: issue.version, state: issue.state, replayed: true };
    }
    await requireVersion(tx, issue, change.version);
    await requireSoundMoney(tx);
    const changed = await applyMove(tx, issue, moveOf(issue.state), act);
    const { kind, reason, on } = change;
    if (kind !== null) {
      await writeReversals(tx, [await livePaymentId(tx, issue.id)], { kind, reason, on }, act);
    }
    return { ...changed, replayed: false };
  });
}

// A double press: the version that the page showed was followed by this very change.
async function isReplay(tx: Tx, change: TakingBack, act: Act): Promise<boolean> {
  const { issueId, version, event: kind, reason } = change;
  if (version === undefined) return false;
  const event = await tx.issueEvent.findFirst({
    where: { issueId, version: version + 1, kind, actorId: act.actorId, reason },
    select: { at: true },
  });
  if (!event) return false;
  const row = await tx.payment.findFirst({
    where: { issueId, recordedAt: event.at, kind: { not: null } },
    select: { kind: true, paidOn: true },
  });
  if (!row || change.kind === null) return row === null && change.kind === null;
  return row.kind === change.kind && row.paidOn.toISOString().slice(0, 10) === change.on;
}

type Reversal = { readonly kind: ReversalKind; readonly reason: string; readonly on: IsoDate };

/**
 * Writes the exact opposite of each of these payments, which must stand and whose issues must be locked: read from the
 * row itself, so that it cannot differ, with the reference as it was corrected last.
 * Throws Refusal reversed_before_paid.
 */
export async function writeReversals(
  tx: Tx,
  paymentIds: readonly number[],
  reversal: Reversal,
  act: Act,
): Promise<void> {
  const ids = [...paymentIds];
  const [late] = await tx.$queryRaw<{ paid_on: string }[]>`
    SELECT payment_paid_on(p)::text AS paid_on FROM issue_payouts p
      WHERE p.id = ANY(${ids}::int[]) AND payment_paid_on(p) > ${reversal.on}::date ORDER BY 1 DESC LIMIT 1`;
  if (late) refuse({ code: "reversed_before_paid", paidOn: late.paid_on });
  const written = await tx.$executeRaw`
    INSERT INTO issue_payouts
      (issue_id, seq, tester_id, batch_id, transfer_id, amount, currency, method, reference, paid_on,
       recorded_at, recorded_by, cycle_name, issue_title, severity, kind, reason)
    SELECT p.issue_id, p.seq + 1, p.tester_id, p.batch_id, p.transfer_id, -p.amount, p.currency, p.method,
           ${REFERENCE}, ${reversal.on}::date, ${act.at}, ${act.actorId}, p.cycle_name, p.issue_title, p.severity,
           ${reversal.kind}::reversal_kind, ${reversal.reason}
      FROM issue_payouts p ${WITH_LATEST_CORRECTION}
      WHERE p.id = ANY(${ids}::int[]) AND p.seq % 2 = 1
      ORDER BY p.issue_id`;
  if (written !== ids.length) throw new Error(`${written} of ${ids.length} payments were reversed`);
}

async function livePaymentId(tx: Tx, issueId: number): Promise<number> {
  const last = await tx.payment.findFirst({
    where: { issueId },
    orderBy: { seq: "desc" },
    select: { id: true, seq: true },
  });
  if (!last || isReversalSeq(last.seq)) {
    throw new Error(`issue ${issueId} is paid and has no payment to reverse`);
  }
  return last.id;
}
