/** Closing a batch: nothing in it stays half done, and nothing is undone (DESIGN 3, 5). */
import { describe } from "vitest";
import {
  cancel,
  closeBatch,
  confirm,
  leaveOut,
  SENT,
  settleItem,
  transferOf,
  transfersOf,
} from "./rules-batch";
import {
  batchAfter,
  batchOfTwo,
  type Case,
  confirming,
  preparedBatch,
  testEach,
} from "./rules-cases";
import { type ItemRow, type World } from "./rules-fixture";
import { check, disagrees, illegal, notAddingUp, type Refusal, useWorld } from "./rules-refusal";
import { one, update } from "./rules-sql";

const world = useWorld();

const SETTLED = notAddingUp("payout_batches_settled");
const RELEASED = disagrees("payout_batch_items_settled");
const LEGAL_MOVE = illegal("payout_batches_legal_move");

const WITHOUT_ITEMS = { item: null, issue: null, payment: null };

describe("confirming", () => {
  testEach(world, [
    confirming("with nothing paid", WITHOUT_ITEMS, SETTLED),
    confirming(
      "with nothing paid and nothing said of the transfer",
      { ...WITHOUT_ITEMS, transfer: null },
      SETTLED,
    ),
    confirming("by nobody", { batch: { confirmed_by: null } }, check("payout_batches_by_someone")),
    confirming(
      "at no time",
      { batch: { confirmed_at: null } },
      check("payout_batches_confirmed_when"),
    ),
    confirming(
      "and cancelling at once",
      { batch: { cancelled_at: "2026-05-10" } },
      check("payout_batches_cancelled_when"),
    ),
    confirming("under another kind", { batch: { kind: "import" } }, LEGAL_MOVE),
    confirming(
      "and changing who prepared it",
      (w) => ({ batch: { prepared_by: w.otherAdmin } }),
      LEGAL_MOVE,
    ),
    confirming(
      "and changing when it was prepared",
      { batch: { prepared_at: "2020-01-01" } },
      LEGAL_MOVE,
    ),
    confirming(
      "and keeping it prepared",
      (w) => ({ batch: { status: "prepared", confirmed_by: w.admin } }),
      LEGAL_MOVE,
    ),
  ]);

  const closing = (
    title: string,
    refusal: Refusal | undefined,
    attempt: Case["attempt"],
    given = preparedBatch,
  ): Case => ({
    ...{ title, given, attempt, ...(refusal ? { refusal } : {}) },
  });
  const leaveOutAll: Case["attempt"] = async (w, batchId) => {
    for (const { id } of await transfersOf(w, batchId)) await leaveOut(w, id);
  };
  testEach(world, [
    closing(
      "with one line left out",
      undefined,
      async (w, batchId) => {
        await leaveOut(w, (await transferOf(w, batchId)).id);
        await confirm(w, batchId);
      },
      batchOfTwo,
    ),
    closing(
      "with everything left out",
      SETTLED,
      async (w, batchId) => {
        await leaveOutAll(w, batchId);
        await closeBatch(w, batchId, "confirmed");
      },
      batchOfTwo,
    ),
    closing(
      "with one of two lines paid",
      SETTLED,
      async (w, batchId) => {
        const text = "SELECT * FROM payout_batch_items WHERE batch_id = $1 AND tester_id = $2";
        const item = await one<ItemRow>(w, text, batchId, w.tester);
        await update(w, "payout_transfers", item.transfer_id, SENT);
        await settleItem(w, item);
        await closeBatch(w, batchId, "confirmed");
      },
      batchOfTwo,
    ),
    closing(
      "with one line released that was not left out",
      RELEASED,
      async (w, batchId) => {
        await releaseFirst(w, batchId);
        await confirm(w, batchId);
      },
      batchOfTwo,
    ),
    closing(
      "twice",
      LEGAL_MOVE,
      (w, batchId) => closeBatch(w, batchId, "confirmed"),
      batchAfter(confirm),
    ),
    closing(
      "what was cancelled",
      LEGAL_MOVE,
      (w, batchId) =>
        closeBatch(w, batchId, "confirmed", { cancelled_at: null, cancelled_by: null }),
      batchAfter(cancel),
    ),
    closing(
      "and cancelling later",
      LEGAL_MOVE,
      (w, batchId) =>
        closeBatch(w, batchId, "cancelled", { confirmed_at: null, confirmed_by: null }),
      batchAfter(confirm),
    ),
    closing(
      "and opening again",
      LEGAL_MOVE,
      (w, batchId) =>
        update(w, "payout_batches", batchId, {
          status: "prepared",
          confirmed_at: null,
          confirmed_by: null,
        }),
      batchAfter(confirm),
    ),
    closing(
      "and changing who confirmed it",
      LEGAL_MOVE,
      (w, batchId) => update(w, "payout_batches", batchId, { confirmed_by: w.otherAdmin }),
      batchAfter(confirm),
    ),
  ]);

  testEach(world, [
    closing("cancelling", undefined, cancel),
    closing(
      "cancelling twice",
      LEGAL_MOVE,
      (w, batchId) => closeBatch(w, batchId, "cancelled"),
      batchAfter(cancel),
    ),
    closing("cancelling while the issues stay reserved", SETTLED, (w, batchId) =>
      closeBatch(w, batchId, "cancelled"),
    ),
    closing("cancelling by nobody", check("payout_batches_by_someone"), (w, batchId) =>
      closeBatch(w, batchId, "cancelled", { cancelled_by: null }),
    ),
    closing("releasing the issues while the batch stays prepared", RELEASED, (w, batchId) =>
      releaseFirst(w, batchId),
    ),
    closing(
      "leaving a line out that keeps its issues",
      notAddingUp("payout_transfers_left_out_whole"),
      async (w, batchId) => {
        const { id } = await transferOf(w, batchId);
        await update(w, "payout_transfers", id, {
          left_out_at: "2026-05-09",
          left_out_by: w.admin,
        });
      },
    ),
  ]);
});

async function releaseFirst(w: World, batchId: number): Promise<void> {
  const { id } = await transferOf(w, batchId);
  await w.sql.query("UPDATE payout_batch_items SET state = 'released' WHERE transfer_id = $1", [
    id,
  ]);
}

describe("a reserved issue's line", () => {
  const legalMove = illegal("payout_batch_items_legal_move");
  const changing = (title: string, set: string, given = preparedBatch): Case => ({
    ...{ title, given, refusal: legalMove },
    attempt: (w, batchId) =>
      w.sql.query(`UPDATE payout_batch_items SET ${set} WHERE batch_id = $1`, [batchId]),
  });
  testEach(world, [
    changing("changes its amount", "amount = 999"),
    changing("changes its amount while it is paid", "amount = 999, state = 'paid'"),
    changing("changes its currency", "currency = 'USD', state = 'released'"),
    changing("changes its tester", "tester_id = tester_id + 1, state = 'released'"),
    changing("changes its issue", "issue_id = issue_id + 1, state = 'released'"),
    changing("changes its batch", "batch_id = batch_id + 1, state = 'released'"),
    changing("changes its transfer", "transfer_id = transfer_id + 1, state = 'released'"),
    changing("stays reserved", "state = 'reserved'"),
    changing("is released once paid", "state = 'released'", batchAfter(confirm)),
    changing("is paid once released", "state = 'paid'", batchAfter(cancel)),
    changing("is reserved again", "state = 'reserved'", batchAfter(cancel)),
  ]);
});
