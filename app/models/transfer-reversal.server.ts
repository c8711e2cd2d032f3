import { requireGuards } from "~/database/guards.server";
import { type Tx, transaction } from "~/database/transaction.server";
import type { IssueMoveEvent } from "~/domain/issue-move";
import { type Money, sumByCurrency } from "~/domain/money";
import { type PaymentChange, refuse } from "~/domain/refusal";
import { isVoid, reversalKindOf, type TakeBack, takeBackMove } from "~/domain/take-back";
import type { IsoDate } from "~/domain/team-date";
import { requireSoundMoney } from "./doctor-standing.server";
import type { Act } from "./issue-change.server";
import { writeReversals } from "./reversal.server";
import { type TransferPayment, transferPayments } from "./transfer-payments.server";

export type TransferReversal = {
  readonly transferId: number;
  /** Payments of that transfer, as the page showed them standing. */
  readonly paymentIds: readonly number[];
  readonly how: TakeBack;
  readonly reason: string;
  /** The reversals' date; not used where the money is kept. */
  readonly on: IsoDate;
};

/** `replayed`: the same admin had recorded exactly this before, and nothing was done now. */
export type MoneyTakenBack = {
  readonly issues: number;
  readonly totals: readonly Money[];
  readonly replayed: boolean;
};

/**
 * Takes several payments of one transfer back, all or nothing: the issues are payable again, or void for good. A
 * payment's id says which payment was meant: once reversed it never stands again, so a second press is recognised.
 * Throws Refusal: not_found, own_issue, payments_changed, reversed_before_paid, illegal, money_in_doubt;
 * GuardsMissing.
 */
export async function reverseTransfer(post: TransferReversal, act: Act): Promise<MoneyTakenBack> {
  await requireGuards();
  return transaction(async (tx) => {
    const payments = await lockPayments(tx, post);
    const result = { issues: payments.length, totals: sumByCurrency(payments.map((p) => p.money)) };
    if (payments.every((payment) => isReplay(payment, post, act))) {
      return { ...result, replayed: true };
    }
    const changes = payments.flatMap(changeOf);
    if (changes.length > 0) refuse({ code: "payments_changed", changes });
    await requireSoundMoney(tx);
    await takeBack(tx, payments, post, act);
    return { ...result, replayed: false };
  });
}

// Issues by id, as every transaction does that holds more than one (DESIGN 5); read again once they are held.
async function lockPayments(tx: Tx, post: TransferReversal): Promise<TransferPayment[]> {
  const chosen = new Set(post.paymentIds);
  await tx.$executeRaw`
    SELECT FROM issues i
      WHERE i.id IN (SELECT p.issue_id FROM issue_payouts p
                     WHERE p.transfer_id = ${post.transferId} AND p.id = ANY(${[...chosen]}::int[]))
      ORDER BY i.id FOR UPDATE`;
  const payments = (await transferPayments(tx, [post.transferId])).filter((p) => chosen.has(p.id));
  if (payments.length === 0 || payments.length !== chosen.size) refuse({ code: "not_found" });
  return payments;
}

function isReplay({ takenBack }: TransferPayment, post: TransferReversal, act: Act): boolean {
  return (
    takenBack !== null &&
    takenBack.byId === act.actorId &&
    takenBack.how === post.how &&
    takenBack.reason === post.reason &&
    (takenBack.on === null || takenBack.on === post.on)
  );
}

function changeOf({ issueId, title, money, takenBack }: TransferPayment): PaymentChange[] {
  if (!takenBack) return [];
  const { how, by, at } = takenBack;
  return [{ issueId, title, money, takenBack: how, by, at }];
}

async function takeBack(
  tx: Tx,
  payments: readonly TransferPayment[],
  post: TransferReversal,
  act: Act,
): Promise<void> {
  const own = payments.filter((payment) => payment.testerId === act.actorId);
  if (own.length > 0) refuse({ code: "own_issue", issueIds: own.map((p) => p.issueId) });
  const events = payments.map((payment) => eventOf(payment, post));
  await moveIssues(tx, payments, events, isVoid(post.how) ? "void" : "approved", act);
  const kind = reversalKindOf(post.how);
  if (kind === null) return;
  const { reason, on } = post;
  await writeReversals(
    tx,
    payments.map(({ id }) => id),
    { kind, reason, on },
    act,
  );
}

function eventOf({ issue, money }: TransferPayment, post: TransferReversal): IssueMoveEvent {
  const state = { status: issue.status, payoutStatus: issue.payoutStatus, approved: money };
  const move = takeBackMove(state, post.how, post.reason);
  return move.ok ? move.event : refuse({ code: "illegal", problem: move.problem });
}

async function moveIssues(
  tx: Tx,
  payments: readonly TransferPayment[],
  events: readonly IssueMoveEvent[],
  to: "approved" | "void",
  act: Act,
): Promise<void> {
  const ids = payments.map((payment) => payment.issueId);
  const versions = payments.map((payment) => payment.issue.version);
  const moved = await tx.$executeRaw`
    UPDATE issues i SET payout_status = ${to}::payout_status, version = i.version + 1
      FROM unnest(${ids}::int[], ${versions}::int[]) AS x (id, version)
      WHERE i.id = x.id AND i.version = x.version`;
  if (moved !== ids.length) throw new Error(`${moved} of ${ids.length} locked issues were moved`);
  await tx.$executeRaw`
    INSERT INTO issue_events
      (issue_id, version, kind, at, actor_id, from_status, to_status, from_payout_status, to_payout_status,
       amount, currency, reason)
    SELECT i.id, i.version, e.kind, ${act.at}, ${act.actorId}, i.status, i.status, 'paid', i.payout_status,
           i.approved_amount, i.approved_currency, e.reason
      FROM unnest(${ids}::int[], ${events.map((e) => e.kind)}::issue_event_kind[], ${events.map((e) => e.reason)}::text[])
        AS e (issue_id, kind, reason)
      JOIN issues i ON i.id = e.issue_id
      ORDER BY i.id`;
}
