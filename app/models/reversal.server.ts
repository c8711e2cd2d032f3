import { type Tx, transaction } from "~/database/transaction.server";
import { requireGuards } from "~/database/guards.server";
import { reverse, type VoidedMoney, voidPaid } from "~/domain/issue-move";
import type { ReversalKind } from "~/domain/payment";
import { refuse } from "~/domain/refusal";
import type { IsoDate } from "~/domain/team-date";
import {
  type Act,
  applyMove,
  type ChangedIssue,
  lockIssue,
  requireVersion,
} from "./issue-change.server";

type Shown = { readonly issueId: number; readonly version?: number | undefined };

/**
 * paid → approved: the transfer bounced or was never sent. Writes the exact opposite of the payment, dated `on` (the
 * team's date), and the issue is back in the pay queue (DESIGN 3).
 * Throws Refusal: not_found, stale, own_issue, illegal; GuardsMissing.
 */
export async function reversePayment(
  change: Shown & {
    readonly kind: "bounced" | "never_sent";
    readonly reason: string;
    readonly on: IsoDate;
  },
  act: Act,
): Promise<ChangedIssue> {
  await requireGuards();
  return transaction(async (tx) => {
    const issue = await lockIssue(tx, change.issueId);
    if (issue.testerId === act.actorId) refuse({ code: "own_issue", issueIds: [issue.id] });
    await requireVersion(tx, issue, change.version);
    const changed = await applyMove(tx, issue, reverse(issue.state, change), act);
    await writeReversal(tx, issue.id, change, act);
    return changed;
  });
}

/**
 * paid → void, for good. Money `returned` or `never_sent` is reversed; money `kept` stays counted (DESIGN 3).
 * Throws as reversePayment does.
 */
export async function voidPayment(
  change: Shown & {
    readonly money: VoidedMoney;
    readonly reason: string;
    readonly on: IsoDate;
  },
  act: Act,
): Promise<ChangedIssue> {
  await requireGuards();
  return transaction(async (tx) => {
    const issue = await lockIssue(tx, change.issueId);
    if (issue.testerId === act.actorId) refuse({ code: "own_issue", issueIds: [issue.id] });
    await requireVersion(tx, issue, change.version);
    const changed = await applyMove(tx, issue, voidPaid(issue.state, change), act);
    const { money, reason, on } = change;
    if (money !== "kept") await writeReversal(tx, issue.id, { kind: money, reason, on }, act);
    return changed;
  });
}

// The opposite of the live payment, whatever it was: read from the row itself, so that it cannot differ.
async function writeReversal(
  tx: Tx,
  issueId: number,
  reversal: { readonly kind: ReversalKind; readonly reason: string; readonly on: IsoDate },
  act: Act,
): Promise<void> {
  const written = await tx.$executeRaw`
    INSERT INTO issue_payouts
      (issue_id, seq, tester_id, batch_id, transfer_id, amount, currency, method, reference, paid_on,
       recorded_at, recorded_by, cycle_name, issue_title, severity, kind, reason)
    SELECT p.issue_id, p.seq + 1, p.tester_id, p.batch_id, p.transfer_id, -p.amount, p.currency, p.method, p.reference,
           ${reversal.on}::date, ${act.at}, ${act.actorId}, p.cycle_name, p.issue_title, p.severity,
           ${reversal.kind}::reversal_kind, ${reversal.reason}
      FROM issue_payouts p
      WHERE p.issue_id = ${issueId} AND p.seq % 2 = 1
        AND p.seq = (SELECT max(q.seq) FROM issue_payouts q WHERE q.issue_id = ${issueId})`;
  if (written !== 1) throw new Error(`issue ${issueId} is paid and has no payment to reverse`);
}
