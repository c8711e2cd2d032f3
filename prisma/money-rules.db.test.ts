/** Confirming a batch with one thing about its payments missing or wrong (DESIGN 3, 5). */
import { describe, expect, test } from "vitest";
import {
  confirm,
  type ConfirmChange,
  leaveOut,
  pay,
  PAID_ON,
  prepare,
  transferOf,
} from "./rules-batch";
import { confirming, preparedBatch, testEach, inState } from "./rules-cases";
import { type ItemRow, move, type Step, voidIt, type World } from "./rules-fixture";
import { check, disagrees, foreignKey, useWorld } from "./rules-refusal";
import { type Columns, inTransaction, one } from "./rules-sql";
import { approvedNow, issueIn } from "./rules-states";

const world = useWorld();

const payment = (columns: Columns): ConfirmChange => ({ payment: columns });
const AS_TRANSFERRED = disagrees("issue_payouts_as_transferred");
const UNSETTLED = disagrees("payout_batch_items_settled");
const ITEM = foreignKey("issue_payouts_item_fkey");
const SIGN = check("issue_payouts_sign");
const RECORDER = disagrees("issue_payouts_recorded_by_confirmer");

describe("a payment", () => {
  testEach(world, [
    confirming("with all that belongs to it", {}),
    confirming("missing, though the issue is paid", { payment: null }, UNSETTLED),
    confirming("of an issue that stays approved", { issue: null }, disagrees("issues_paid_once")),
    confirming(
      "of an issue that is voided instead",
      { issue: voidIt },
      disagrees("issue_payouts_event_written"),
    ),
    confirming("over another amount", payment({ amount: 999 }), ITEM),
    confirming("in another currency", payment({ currency: "USD" }), ITEM),
    confirming("to another tester", (w) => payment({ tester_id: w.otherTester }), ITEM),
    confirming("in a batch that is not confirmed", { batch: null }, UNSETTLED),
    confirming(
      "in a transfer that does not exist",
      payment({ transfer_id: 1_000_000 }),
      AS_TRANSFERRED,
    ),
    confirming("in another batch", async (w) => payment({ batch_id: await anotherBatch(w) }), ITEM),
    confirming(
      "in the transfer of another batch",
      async (w) => {
        const other = await anotherBatch(w);
        await confirm(w, other);
        return payment({ batch_id: other, transfer_id: (await transferOf(w, other)).id });
      },
      ITEM,
    ),
    confirming("by another method than the transfer", payment({ method: "bank" }), AS_TRANSFERRED),
    confirming("with another reference", payment({ reference: "8842" }), AS_TRANSFERRED),
    confirming("without the reference", payment({ reference: null }), AS_TRANSFERRED),
    confirming("on another day", payment({ paid_on: "2026-05-11" }), AS_TRANSFERRED),
    confirming("of a transfer that was not sent", { transfer: null }, AS_TRANSFERRED),
    confirming(
      "whose event names another payer",
      (w) => ({ issue: { event: { actor_id: w.otherAdmin } } }),
      disagrees("issue_payouts_event_written"),
    ),
    confirming(
      "whose event names another batch",
      async (w) => ({ issue: { batch: await anotherBatch(w) } }),
      disagrees("issue_events_payment_written"),
    ),
    {
      title: "of a transfer that was left out",
      refusal: AS_TRANSFERRED,
      given: preparedBatch,
      attempt: async (w, batchId) => {
        await leaveOut(w, (await transferOf(w, batchId)).id);
        await pay(w, await itemOf(w, batchId));
      },
    },
    {
      title: "of an issue that is in no batch",
      refusal: disagrees("issues_paid_once"),
      given: inState("approved"),
      attempt: async (w, id) => move(w, id, { ...PAY, batch: await anotherBatch(w) }),
    },
  ]);
});

const PAY: Step = { kind: "paid", payout: "paid" };

function itemOf(w: World, batchId: number): Promise<ItemRow> {
  return one<ItemRow>(w, "SELECT * FROM payout_batch_items WHERE batch_id = $1", batchId);
}

/** Another prepared batch, in the same transaction. */
async function anotherBatch(w: World): Promise<number> {
  return prepare(w, [await approvedNow(w)]);
}

describe("a payment's own row", () => {
  testEach(world, [
    confirming("numbered 0", payment({ seq: 0, kind: "bounced", reason: "Late" }), SIGN),
    confirming(
      "numbered 2, but positive",
      payment({ seq: 2, kind: "bounced", reason: "Late" }),
      SIGN,
    ),
    confirming("numbered 3 without 2", payment({ seq: 3 }), foreignKey("issue_payouts_seq_fkey")),
    confirming("over nothing", payment({ amount: 0 }), SIGN),
    confirming("over less than nothing", payment({ amount: -1000 }), SIGN),
    confirming(
      "beyond the cap",
      payment({ amount: 1_000_000_001 }),
      check("issue_payouts_amount_in_range"),
    ),
    confirming(
      "with a kind, as if it were a reversal",
      payment({ kind: "bounced" }),
      check("issue_payouts_reversal_explained"),
    ),
    confirming(
      "with a reason, as if it were a reversal",
      payment({ reason: "Late" }),
      check("issue_payouts_reversal_explained"),
    ),
    confirming(
      "recorded by its own tester",
      (w) => payment({ recorded_by: w.tester }),
      check("issue_payouts_not_recorded_by_own_tester"),
    ),
    confirming(
      "recorded by somebody who does not exist",
      (w) => ({ ...payment({ recorded_by: 1_000_000 }), batch: { confirmed_by: w.admin } }),
      foreignKey("issue_payouts_recorded_by_fkey"),
    ),
    confirming(
      "recorded by nobody, in a batch made by hand",
      payment({ recorded_by: null }),
      RECORDER,
    ),
    confirming(
      "recorded by another than confirmed the batch",
      (w) => payment({ recorded_by: w.otherAdmin }),
      RECORDER,
    ),
    confirming(
      "confirmed by its own tester",
      (w) => ({ batch: { confirmed_by: w.tester } }),
      RECORDER,
    ),
    confirming(
      "telling another title",
      payment({ issue_title: "Another bug" }),
      disagrees("issue_payouts_snapshot"),
    ),
    confirming(
      "telling another severity",
      payment({ severity: "low" }),
      disagrees("issue_payouts_snapshot"),
    ),
    confirming(
      "telling another cycle",
      payment({ cycle_name: "Akashi" }),
      disagrees("issue_payouts_snapshot"),
    ),
  ]);
});

describe("an import", () => {
  test("pays through a batch made by nobody", async () => {
    const id = await issueIn(world(), "approved");
    const nobody = { prepared_by: null, kind: "import" };
    await inTransaction(world(), async () => {
      const batchId = await prepare(world(), [id], { batch: nobody });
      await confirm(world(), batchId, {
        issue: { event: { actor_id: null } },
        payment: { recorded_by: null },
        batch: { confirmed_by: null },
      });
    });
    const paid = await one(
      world(),
      "SELECT paid_on::text, recorded_by FROM issue_payouts WHERE issue_id = $1",
      id,
    );
    expect(paid).toEqual({ paid_on: PAID_ON, recorded_by: null });
  });
});
