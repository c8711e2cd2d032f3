/** Confirming a batch with one thing about its payments missing or wrong (DESIGN 3, 5). */
import { describe, expect, test } from "vitest";
import {
  bounced,
  confirm,
  type ConfirmChange,
  leaveOut,
  pay,
  PAID_ON,
  prepare,
  transferOf,
} from "./rules-batch";
import { type Case, testEach } from "./rules-cases";
import {
  all,
  approve,
  type Columns,
  file,
  inTransaction,
  type ItemRow,
  move,
  one,
  type Step,
  voidIt,
  type World,
} from "./rules-fixture";
import {
  check,
  disagrees,
  foreignKey,
  illegal,
  type Refusal,
  unique,
  useWorld,
} from "./rules-refusal";
import { issueIn, paidIssue, reversedIssue } from "./rules-states";

const world = useWorld();

async function preparedBatch(w: World): Promise<number> {
  const issueId = await issueIn(w, "approved");
  return inTransaction(w, () => prepare(w, [issueId]));
}

type Change = ConfirmChange | ((world: World) => ConfirmChange | Promise<ConfirmChange>);

function confirming(title: string, change: Change, refusal?: Refusal, notHeldYet = false): Case {
  return {
    ...{ title, notHeldYet, ...(refusal ? { refusal } : {}) },
    given: preparedBatch,
    attempt: async (w, batchId) => {
      const how = typeof change === "function" ? await change(w) : change;
      return confirm(w, batchId, how);
    },
  };
}

const payment = (columns: Columns): ConfirmChange => ({ payment: columns });
const transfer = (columns: Columns): ConfirmChange => ({ transfer: columns });
const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

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
      true,
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
    confirming(
      "in another batch",
      async (w) => payment({ batch_id: await preparedBatchId(w) }),
      ITEM,
    ),
    confirming(
      "in the transfer of another batch",
      async (w) => {
        const other = await preparedBatchId(w);
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
      "whose event names another batch",
      async (w) => ({ issue: { batch: await preparedBatchId(w) } }),
      disagrees("issue_events_payment_written"),
      true,
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
      given: (w) => issueIn(w, "approved"),
      attempt: async (w, id) => move(w, id, { ...PAY, batch: await preparedBatchId(w) }),
    },
  ]);
});

const PAY: Step = { kind: "paid", payout: "paid" };

function itemOf(w: World, batchId: number): Promise<ItemRow> {
  return one<ItemRow>(w, "SELECT * FROM payout_batch_items WHERE batch_id = $1", batchId);
}

/** Inside a transaction of the caller's. */
async function preparedBatchId(w: World): Promise<number> {
  const id = await file(w);
  await move(w, id, approve());
  return prepare(w, [id]);
}

describe("a payment's own row", () => {
  testEach(world, [
    confirming("numbered 0", payment({ seq: 0 }), SIGN),
    confirming("numbered 2, and no reversal", payment({ seq: 2 }), SIGN),
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
      true,
    ),
    confirming(
      "recorded by another than confirmed the batch",
      (w) => payment({ recorded_by: w.otherAdmin }),
      RECORDER,
      true,
    ),
    confirming(
      "confirmed by its own tester",
      (w) => ({ batch: { confirmed_by: w.tester } }),
      RECORDER,
      true,
    ),
    confirming(
      "telling another title",
      payment({ issue_title: "Another bug" }),
      disagrees("issue_payouts_snapshot"),
      true,
    ),
    confirming(
      "telling another severity",
      payment({ severity: "low" }),
      disagrees("issue_payouts_snapshot"),
      true,
    ),
    confirming(
      "telling another cycle",
      payment({ cycle_name: "Akashi" }),
      disagrees("issue_payouts_snapshot"),
      true,
    ),
  ]);
});

describe("how a transfer was sent", () => {
  const shape = check("payout_transfers_reference_shape");
  const missing = check("payout_transfers_reference_unless_cash");
  const invisible = {
    "next line": "\u0085",
    "zero width": "\u200b",
    "right to left": "\u202e",
    "line separator": "\u2028",
  };
  const future = illegal("issue_payouts_not_in_future");
  const early = check("payout_transfers_not_before_2000");
  testEach(world, [
    confirming("cash without a reference", transfer({ method: "cash", reference: null })),
    confirming("kaspi without a reference", transfer({ reference: null }), missing),
    confirming("bank without a reference", transfer({ method: "bank", reference: null }), missing),
    confirming("a reference of 100 characters", transfer({ reference: "№".repeat(100) })),
    confirming("a reference of 101 characters", transfer({ reference: "1".repeat(101) }), shape),
    confirming("an empty reference", transfer({ reference: "" }), shape),
    confirming("a blank reference", transfer({ reference: "  " }), shape),
    confirming("an empty reference of cash", transfer({ method: "cash", reference: "" }), shape),
    ...["\n", "\r", "\t", "\u0001", "\u001b", "\u007f"].map((mark) =>
      confirming(
        `a reference with ${JSON.stringify(mark)}`,
        transfer({ reference: `88${mark}41` }),
        shape,
      ),
    ),
    ...Object.entries(invisible).map(([name, mark]) =>
      confirming(
        `a reference with an invisible mark: ${name}`,
        transfer({ reference: `88${mark}41` }),
        shape,
        true,
      ),
    ),
    confirming(
      "a method without a date",
      transfer({ paid_on: null }),
      check("payout_transfers_settled_whole"),
    ),
    confirming(
      "a date without a method",
      transfer({ method: null }),
      check("payout_transfers_settled_whole"),
    ),
    confirming("in three days", transfer({ paid_on: inDays(3) }), future),
    confirming("at the end of time", transfer({ paid_on: "infinity" }), future),
    confirming("yesterday", transfer({ paid_on: inDays(-1) })),
    confirming("in 1999", transfer({ paid_on: "1999-12-31" }), early, true),
    confirming("at the beginning of time", transfer({ paid_on: "-infinity" }), early, true),
  ]);
});

describe("an issue that was paid before", () => {
  const again = (title: string, given: Case["given"], refusal: Refusal, change: Columns): Case => ({
    ...{ title, given, refusal },
    attempt: async (w, id) => {
      const text = "SELECT * FROM payout_batch_items WHERE issue_id = $1 AND state = 'paid'";
      await pay(w, await one<ItemRow>(w, text, id), change);
    },
  });
  const repaid = (
    title: string,
    given: Case["given"],
    refusal: Refusal,
    steps: readonly Step[],
    rest: Case["attempt"] = () => Promise.resolve(),
  ): Case => ({
    ...{ title, given, refusal, notHeldYet: true },
    attempt: async (w, id) => {
      const { batch_id: batch } = await one<ItemRow>(
        w,
        "SELECT * FROM payout_batch_items WHERE issue_id = $1 AND state = 'paid'",
        id,
      );
      for (const step of steps) await move(w, id, step.kind === "paid" ? { ...step, batch } : step);
      return rest(w, id);
    },
  });
  testEach(world, [
    {
      title: "bounces and is paid again in a new batch",
      given: reversedIssue,
      attempt: async (w, id) =>
        confirm(w, await prepare(w, [id]), { transfer: { reference: "8900" } }),
    },
    again("has a second first payment", paidIssue, unique("issue_payouts_seq_key"), { seq: 1 }),
    again("has a second live payment", paidIssue, foreignKey("issue_payouts_seq_fkey"), { seq: 3 }),
    again("has a fourth row without a third", reversedIssue, foreignKey("issue_payouts_seq_fkey"), {
      seq: 5,
    }),
    again(
      "is paid again though it is only approved",
      reversedIssue,
      disagrees("issues_paid_once"),
      { seq: 3 },
    ),
    repaid(
      "is paid again through the batch that bounced",
      reversedIssue,
      unique("issue_payouts_once_per_transfer"),
      [PAY],
      async (w, id) =>
        pay(w, await one<ItemRow>(w, "SELECT * FROM payout_batch_items WHERE issue_id = $1", id)),
    ),
    repaid(
      "bounces and is paid again, as its events say, though no money moved",
      paidIssue,
      unique("issue_events_paid_once"),
      [bounced, PAY],
    ),
  ]);

  test("has its two payments and the reversal between them", async () => {
    const id = await reversedIssue(world());
    await inTransaction(world(), async () => confirm(world(), await prepare(world(), [id])));
    const rows = await all(
      world(),
      "SELECT seq, amount FROM issue_payouts WHERE issue_id = $1 ORDER BY seq",
      id,
    );
    expect(rows).toEqual([
      { seq: 1, amount: "1000" },
      { seq: 2, amount: "-1000" },
      { seq: 3, amount: "1000" },
    ]);
  });
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
