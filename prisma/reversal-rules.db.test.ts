/** A reversal is the exact opposite of the payment before it, and says why (DESIGN 3). */
import { describe, expect } from "vitest";
import { bounced, cancel, confirm, PAID_ON, prepare, writeReversal } from "./rules-batch";
import { type Case, testEach } from "./rules-cases";
import { changeAmount, type ItemRow, move, type Step, voidIt, type World } from "./rules-fixture";
import {
  check,
  disagrees,
  foreignKey,
  illegal,
  type Refusal,
  unique,
  useWorld,
} from "./rules-refusal";
import { type Columns, inTransaction, one } from "./rules-sql";
import { issueIn, paidIssue, reversedIssue } from "./rules-states";

const world = useWorld();

type Change = Columns | ((world: World, id: number) => Columns | Promise<Columns>);

/** A paid issue leaves "paid" by `step`, and its reversal has something changed. */
function reversing(
  title: string,
  refusal: Refusal | undefined,
  change: Change,
  step: Step = bounced,
): Case {
  return {
    ...{ title, ...(refusal ? { refusal } : {}) },
    given: paidIssue,
    attempt: async (w, id) => {
      await move(w, id, step);
      await writeReversal(w, id, typeof change === "function" ? await change(w, id) : change);
    },
  };
}

const ITEM = foreignKey("issue_payouts_item_fkey");
const OPPOSITE = foreignKey("issue_payouts_opposite_fkey");
const EXPLAINED = check("issue_payouts_reversal_explained");
const SHAPE = check("issue_payouts_reference_shape");
const UNTOLD = disagrees("issue_payouts_event_written");
const FUTURE = illegal("issue_payouts_not_in_future");

describe("a reversal", () => {
  testEach(world, [
    reversing("of a transfer that bounced", undefined, {}),
    reversing("of a transfer that was never sent", undefined, { kind: "never_sent" }),
    reversing("of money that was returned, with the void", undefined, { kind: "returned" }, voidIt),
    reversing(
      "of money that was never sent, with the void",
      undefined,
      { kind: "never_sent" },
      voidIt,
    ),
    reversing("over less", ITEM, { amount: -999 }),
    reversing("over more", ITEM, { amount: -1001 }),
    reversing("in another currency", ITEM, { currency: "USD" }),
    reversing("of another tester", ITEM, (w) => ({ tester_id: w.otherTester })),
    reversing("that is positive", check("issue_payouts_sign"), { amount: 1000 }),
    reversing("of nothing", check("issue_payouts_sign"), { amount: 0 }),
    reversing("without a kind", EXPLAINED, { kind: null }),
    reversing("without a reason", EXPLAINED, { reason: null }),
    reversing("with a blank reason", EXPLAINED, { reason: " \n" }),
    reversing("without kind and reason", EXPLAINED, { kind: null, reason: null }),
    reversing(
      "recorded by its own tester",
      check("issue_payouts_not_recorded_by_own_tester"),
      (w) => ({ recorded_by: w.tester }),
    ),
    reversing("on a future day", FUTURE, { paid_on: "2999-01-01" }),
    reversing("at the end of time", FUTURE, { paid_on: "infinity" }),
    reversing("without a reference", check("issue_payouts_reference_unless_cash"), {
      reference: null,
    }),
    reversing("with an empty reference", SHAPE, { reference: "" }),
    reversing("with a blank reference", SHAPE, { reference: "  " }),
    reversing("with a reference over two lines", SHAPE, { reference: "88\n41" }),
    reversing("with a reference of 101 characters", SHAPE, { reference: "1".repeat(101) }),
    reversing("that skips a number", foreignKey("issue_payouts_seq_fkey"), { seq: 4 }),
    reversing("that takes the number of its payment", EXPLAINED, { seq: 1, paid_on: PAID_ON }),
    reversing("by another method", OPPOSITE, { method: "bank" }),
    reversing("that returned the money, back into the queue", UNTOLD, { kind: "returned" }),
    reversing("that bounced, with a void", UNTOLD, { kind: "bounced" }, voidIt),
    reversing(
      "recorded by nobody, in a batch made by hand",
      disagrees("issue_payouts_recorded_by_confirmer"),
      { recorded_by: null },
    ),
    reversing("before 2000", check("issue_payouts_not_before_2000"), { paid_on: "-infinity" }),
    reversing("telling another title", disagrees("issue_payouts_snapshot"), {
      issue_title: "Another bug",
    }),
  ]);

  testEach(world, [
    {
      title: "of a payment whose issue stays paid",
      refusal: disagrees("issues_paid_once"),
      given: paidIssue,
      attempt: (w, id) => writeReversal(w, id),
    },
    {
      title: "missing, though the issue is back in the queue",
      refusal: disagrees("issues_paid_once"),
      given: paidIssue,
      attempt: (w, id) => move(w, id, bounced),
    },
    {
      title: "of a reversal, numbered as a payment",
      refusal: EXPLAINED,
      given: reversedIssue,
      attempt: (w, id) => writeReversal(w, id, { paid_on: PAID_ON }),
    },
    {
      title: "of a reversal, negative",
      refusal: check("issue_payouts_sign"),
      given: reversedIssue,
      attempt: (w, id) =>
        writeReversal(w, id, { paid_on: PAID_ON, amount: -1000, kind: null, reason: null }),
    },
    {
      title: "written twice",
      refusal: unique("issue_payouts_seq_key"),
      given: reversedIssue,
      attempt: (w, id) => writeReversal(w, id, { seq: 2, amount: -1000 }),
    },
    {
      title: "of a void issue whose money was kept, long after, with no event",
      ...{ refusal: UNTOLD },
      given: async (w) => {
        const id = await paidIssue(w);
        await inTransaction(w, () => move(w, id, voidIt));
        return id;
      },
      attempt: (w, id) => writeReversal(w, id, { kind: "returned" }),
    },
    throughCancelledBatch(
      "through a cancelled batch that held another amount",
      [changeAmount],
      -1000,
    ),
    throughCancelledBatch(
      "through a cancelled batch that held the issue, over what it held",
      [changeAmount],
      -700,
    ),
    throughCancelledBatch("through a cancelled batch that held the same amount", [], -1000),
  ]);
});

/** A reversal that points at a batch which never paid: it held the issue at 1,000 and was cancelled. */
function throughCancelledBatch(title: string, between: readonly Step[], amount: number): Case {
  const paid = between.length > 0 ? 700 : 1000;
  return {
    title,
    refusal: amount === -1000 ? OPPOSITE : ITEM,
    given: async (w) => {
      const id = await issueIn(w, "approved");
      const batchId = await inTransaction(w, () => prepare(w, [id]));
      await inTransaction(w, () => cancel(w, batchId));
      for (const step of between) await inTransaction(w, () => move(w, id, step));
      await inTransaction(w, async () => confirm(w, await prepare(w, [id])));
      expect(
        (await one(w, "SELECT amount::int FROM issue_payouts WHERE issue_id = $1", id)).amount,
      ).toBe(paid);
      return id;
    },
    attempt: async (w, id) => {
      await move(w, id, bounced);
      const { transfer_id, batch_id } = await one<ItemRow>(
        w,
        "SELECT * FROM payout_batch_items WHERE issue_id = $1 AND state = 'released'",
        id,
      );
      await writeReversal(w, id, { transfer_id, batch_id, amount });
    },
  };
}
