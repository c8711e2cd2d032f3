import { db } from "~/database/client.server";
import type { Tx } from "~/database/transaction.server";
import { requireGuards } from "~/database/guards.server";
import type { TransferDetails } from "~/domain/batch";
import { untickedWarnings } from "~/domain/batch-warning";
import { checkChoices, choicesOutsideLines, type PayChoice } from "~/domain/choice";
import type { Currency } from "~/domain/money";
import { refuse } from "~/domain/refusal";
import { dateInZone } from "~/domain/team-date";
import { type Choice, nextBatchId, reserve } from "./batch-reservation.server";
import { warningsFor } from "./batch-facts.server";
import { type LockedBatch, type LockedTransfer, lockBatch } from "./batch-lock.server";
import { settle } from "./batch-settlement.server";
import { requireSoundMoney } from "./doctor-standing.server";
import type { Act } from "./issue-change.server";
import { keyedTransaction } from "./keyed-transaction.server";
import { claimKey, type KeyedPost } from "./operation-key.server";

/** `replayed`: the same post had succeeded before, and nothing was done now. */
export type BatchDone = { readonly batchId: number; readonly replayed: boolean };

/** Who pays, when, and the team's time zone: it decides which date "today" is. */
export type PayAct = Act & { readonly zone: string };

/**
 * Step 1 of DESIGN 5: reserves the chosen issues in a new batch.
 * Throws Refusal: choice_invalid, choice_changed, own_issue, key_reused; GuardsMissing; OutcomeUnknown.
 */
export async function prepareBatch(
  choice: Choice & { readonly key: string },
  act: PayAct,
): Promise<BatchDone> {
  const { key, lines } = choice;
  const choices = await outsideLines(choice);
  const problem = checkChoices(choices, lines);
  if (problem) refuse({ code: "choice_invalid", problem });
  await requireGuards();
  const post: KeyedPost = {
    userId: act.actorId,
    key,
    post: { operation: "prepare", lines, choices: choice.choices },
  };
  return keyedTransaction(async (tx) => {
    const batchId = await nextBatchId(tx);
    const { replayOf } = await claimKey(tx, post, batchId, act.at);
    if (replayOf !== null) return { batchId: replayOf, replayed: true };
    await reserve(tx, batchId, { lines, choices }, act);
    return { batchId, replayed: false };
  });
}

// Boxes inside a ticked line are ignored: the line counts, once (DESIGN 4). A box does not say whose issue it is.
async function outsideLines({ lines, choices }: Choice): Promise<Choice["choices"]> {
  if (lines.length === 0 || choices.length === 0) return choices;
  const owners = await db().issue.findMany({
    where: { id: { in: choices.map((choice) => choice.issueId) } },
    select: { id: true, testerId: true, approvedCurrency: true },
  });
  const ownerOf = new Map(owners.map((owner) => [owner.id, owner]));
  const owned = choices.flatMap((choice) => {
    const owner = ownerOf.get(choice.issueId);
    if (!owner?.approvedCurrency) return [];
    return [{ ...choice, testerId: owner.testerId, currency: owner.approvedCurrency }];
  });
  const kept = new Set(choicesOutsideLines(owned, lines).map((choice) => choice.issueId));
  const unowned = new Set(choices.map((c) => c.issueId));
  for (const { issueId } of owned) unowned.delete(issueId);
  return choices.filter(({ issueId }) => kept.has(issueId) || unowned.has(issueId));
}

export type ConfirmPost = {
  readonly batchId: number;
  readonly key: string;
  readonly transfers: readonly TransferDetails[];
  /** warningCode of each warning that was ticked. */
  readonly ticked: readonly string[];
};

/**
 * Step 2 of DESIGN 5: every issue of the batch becomes paid and every payment is written, in one transaction.
 * Throws Refusal: not_found, batch_closed, transfers_changed, own_issue, warnings, key_reused, money_in_doubt, restored;
 * GuardsMissing; OutcomeUnknown.
 */
export async function confirmBatch(post: ConfirmPost, act: PayAct): Promise<BatchDone> {
  await requireGuards();
  const { batchId, transfers } = post;
  const keyed: KeyedPost = {
    userId: act.actorId,
    key: post.key,
    post: { operation: "confirm", batchId, transfers },
  };
  return keyedTransaction(async (tx) => {
    const { replayOf } = await claimKey(tx, keyed, batchId, act.at);
    if (replayOf !== null) return { batchId: replayOf, replayed: true };
    const batch = await lockBatch(tx, batchId);
    if (batch.status === "confirmed" && saysTheSame(batch.transfers, transfers)) {
      return { batchId, replayed: true };
    }
    if (batch.status !== "prepared") {
      return refuse({ code: "batch_closed", status: batch.status, by: batch.closedBy });
    }
    await settleLocked(tx, batch, post, act);
    return { batchId, replayed: false };
  });
}

/** One payment of `POST /api/admin/payouts/batch-pay`. */
export type PaymentOrder = TransferDetails & { readonly issues: readonly PayChoice[] };

/**
 * Prepares and confirms in one transaction: the JSON call of DESIGN 6. Warnings are kept with the batch and do not block.
 * Throws Refusal: choice_invalid, choice_changed, own_issue, key_reused, money_in_doubt, restored; GuardsMissing; OutcomeUnknown.
 */
export async function payBatch(
  order: { readonly key: string; readonly payments: readonly PaymentOrder[] },
  act: PayAct,
): Promise<BatchDone> {
  const choices = order.payments.flatMap((payment) =>
    payment.issues.map((issue) => ({
      ...issue,
      testerId: payment.testerId,
      currency: payment.currency,
    })),
  );
  const problem = checkChoices(choices);
  if (problem) refuse({ code: "choice_invalid", problem });
  await requireGuards();
  const keyed: KeyedPost = {
    userId: act.actorId,
    key: order.key,
    post: { operation: "batch-pay", payments: order.payments },
  };
  return keyedTransaction(async (tx) => {
    const batchId = await nextBatchId(tx);
    const { replayOf } = await claimKey(tx, keyed, batchId, act.at);
    if (replayOf !== null) return { batchId: replayOf, replayed: true };
    await reserve(tx, batchId, { lines: [], choices }, act);
    const batch = await lockBatch(tx, batchId);
    await settleLocked(tx, batch, { batchId, transfers: order.payments, ticked: null }, act);
    return { batchId, replayed: false };
  });
}

const lineKey = (line: { testerId: number; currency: Currency }) =>
  `${line.testerId}:${line.currency}`;

function saysTheSame(
  stored: readonly LockedTransfer[],
  posted: readonly TransferDetails[],
): boolean {
  const said = new Map(posted.map((details) => [lineKey(details), details]));
  return (
    said.size === stored.length &&
    stored.every((transfer) => {
      const details = said.get(lineKey(transfer));
      return (
        details !== undefined &&
        details.method === transfer.method &&
        details.reference === transfer.reference &&
        (details.paidOn === null || details.paidOn === transfer.paidOn)
      );
    })
  );
}

async function settleLocked(
  tx: Tx,
  batch: LockedBatch,
  post: {
    readonly batchId: number;
    readonly transfers: readonly TransferDetails[];
    /** Null: warnings are told, and need no tick. */
    readonly ticked: readonly string[] | null;
  },
  act: PayAct,
): Promise<void> {
  const open = new Map(batch.transfers.map((transfer) => [lineKey(transfer), transfer]));
  const said = new Set(post.transfers.map(lineKey));
  if (said.size !== post.transfers.length || said.size !== open.size) {
    refuse({ code: "transfers_changed" });
  }
  const today = dateInZone(act.at, act.zone);
  const settled = post.transfers.map((details) => {
    const transfer = open.get(lineKey(details)) ?? refuse({ code: "transfers_changed" });
    return { ...transfer, ...details, paidOn: details.paidOn ?? today };
  });
  await refuseOwnMoney(tx, batch, act);
  const warnings = await warningsFor(tx, batch.id, settled, act.at, today);
  const unticked = post.ticked === null ? [] : untickedWarnings(warnings, post.ticked);
  if (unticked.length > 0) refuse({ code: "warnings", warnings });
  await requireSoundMoney(tx);
  await settle(tx, batch.id, settled, warnings, act);
}

// A batch may have been prepared by another admin: whoever confirms it must not be paid by it (DESIGN 3).
async function refuseOwnMoney(tx: Tx, batch: LockedBatch, act: Act): Promise<void> {
  if (!batch.transfers.some((transfer) => transfer.testerId === act.actorId)) return;
  const own = await tx.batchItem.findMany({
    where: { batchId: batch.id, testerId: act.actorId, state: "reserved" },
    select: { issueId: true },
  });
  refuse({ code: "own_issue", issueIds: own.map((item) => item.issueId) });
}
