/** How a transfer was sent, what of it may be mended, and what never changes (DESIGN 3, 5). */
import { describe } from "vitest";
import {
  cancel,
  confirm,
  type ConfirmChange,
  leaveOut,
  PAID_ON,
  SENT,
  prepare,
  transferOf,
} from "./rules-batch";
import {
  batchAfter,
  batchOfTwo,
  type Case,
  confirming,
  preparedBatch,
  testEach,
} from "./rules-cases";
import { type World } from "./rules-fixture";
import { check, foreignKey, illegal, type Refusal, useWorld } from "./rules-refusal";
import { type Columns, inTransaction, insert, one, update } from "./rules-sql";
import { approvedNow } from "./rules-states";

const world = useWorld();
const transfer = (columns: Columns): ConfirmChange => ({ transfer: columns });
const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

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
    confirming("in 1999", transfer({ paid_on: "1999-12-31" }), early),
    confirming("at the beginning of time", transfer({ paid_on: "-infinity" }), early),
  ]);
});

describe("a transfer", () => {
  const change = illegal("payout_transfers_legal_change");
  const changing = (
    title: string,
    refusal: Refusal | undefined,
    columns: Columns | ((w: World) => Columns),
    given = preparedBatch,
  ): Case => ({
    ...{ title, given, ...(refusal ? { refusal } : {}) },
    attempt: async (w, batchId) => {
      const { id } = await transferOf(w, batchId);
      await update(w, "payout_transfers", id, typeof columns === "function" ? columns(w) : columns);
    },
  });
  const starting = (title: string, refusal: Refusal, columns: Columns): Case => ({
    ...{ title, refusal },
    given: () => Promise.resolve(0),
    attempt: async (w) => prepare(w, [await approvedNow(w)], { transfer: columns }),
  });
  const leftOut = { left_out_at: "2026-05-09" };
  testEach(world, [
    changing("may say how it is sent while its batch is prepared", undefined, SENT),
    changing("has another total", change, { total_amount: 999 }),
    changing("has another count", change, { issue_count: 2 }),
    changing("goes to another payee", change, { payee_name: "Dana" }),
    changing("goes to another phone", change, { kaspi_phone: "+77010000000" }),
    changing("goes to another account", change, { iban: "KZ86125KZT5004100100" }),
    changing("goes to another tester", change, (w) => ({ tester_id: w.otherTester })),
    changing("goes out in another currency", change, { currency: "USD" }),
    changing("gets another number", change, { id: 1_000_000 }),
    changing(
      "changes its reference once confirmed",
      change,
      { reference: "8842" },
      batchAfter(confirm),
    ),
    changing(
      "changes its date once confirmed",
      change,
      { paid_on: "2026-05-11" },
      batchAfter(confirm),
    ),
    changing(
      "is left out once confirmed",
      change,
      (w) => ({ ...leftOut, left_out_by: w.admin }),
      batchAfter(confirm),
    ),
    changing("is sent once cancelled", change, SENT, batchAfter(cancel)),
    changing("is left out by nobody", check("payout_transfers_left_out_by_someone"), leftOut),
    changing("is left out and sent", check("payout_transfers_left_out_unsettled"), (w) => ({
      ...SENT,
      ...leftOut,
      left_out_by: w.admin,
    })),
    changing(
      "is left out by somebody who does not exist",
      foreignKey("payout_transfers_left_out_by_fkey"),
      {
        ...leftOut,
        left_out_by: 1_000_000,
      },
    ),
    starting("starts sent", illegal("payout_transfers_legal_start"), SENT),
    starting("starts left out", illegal("payout_transfers_legal_start"), leftOut),
    starting("starts without issues", check("payout_transfers_count_positive"), { issue_count: 0 }),
    starting("starts with a total of 0", check("payout_transfers_total_positive"), {
      total_amount: 0,
    }),
    starting("starts with a negative total", check("payout_transfers_total_positive"), {
      total_amount: -1000,
    }),
    starting("starts with a blank reference", check("payout_transfers_reference_shape"), {
      reference: " ",
    }),
    {
      title: "comes back after it was left out",
      refusal: change,
      given: async (w) => {
        const batchId = await batchOfTwo(w);
        await inTransaction(w, async () => leaveOut(w, (await transferOf(w, batchId)).id));
        return batchId;
      },
      attempt: async (w, batchId) =>
        update(w, "payout_transfers", (await transferOf(w, batchId)).id, {
          left_out_at: null,
          left_out_by: null,
        }),
    },
  ]);
});

describe("a correction of a payment", () => {
  const correcting = (
    title: string,
    refusal: Refusal | undefined,
    columns: Columns | ((w: World) => Columns),
    transferred: Columns = {},
  ): Case => ({
    ...{ title, ...(refusal ? { refusal } : {}) },
    given: async (w) => {
      const batchId = await preparedBatch(w);
      await inTransaction(w, () => confirm(w, batchId, transfer(transferred)));
      const text = "SELECT id FROM issue_payouts WHERE batch_id = $1";
      return (await one<{ id: number }>(w, text, batchId)).id;
    },
    attempt: (w, id) =>
      insert(w, "payment_corrections", {
        ...{ payment_id: id, reference: "8842", paid_on: PAID_ON, reason: "Typo" },
        corrected_by: w.admin,
        ...(typeof columns === "function" ? columns(w) : columns),
      }),
  });
  const start = illegal("payment_corrections_legal_start");
  const shape = check("payment_corrections_reference_shape");
  const reason = check("payment_corrections_reason_present");
  const cash = { method: "cash", reference: null };
  testEach(world, [
    correcting("with another reference", undefined, {}),
    correcting("without a reference, in cash", undefined, { reference: null }, cash),
    correcting("without a reference, by kaspi", start, { reference: null }),
    correcting("without a reference, by bank", start, { reference: null }, { method: "bank" }),
    correcting("in three days", start, { paid_on: inDays(3) }),
    correcting("at the end of time", start, { paid_on: "infinity" }),
    correcting("in three days, in cash", start, { reference: null, paid_on: inDays(3) }, cash),
    correcting("with a blank reference", shape, { reference: " " }),
    correcting("with an empty reference", shape, { reference: "" }, cash),
    correcting("with a reference of two lines", shape, { reference: "88\n41" }),
    correcting("with a reference of 101 characters", shape, { reference: "1".repeat(101) }),
    correcting("without a reason", reason, { reason: "" }),
    correcting("with a blank reason", reason, { reason: " \t" }),
    correcting("with a reason of 2,001 characters", reason, { reason: "x".repeat(2001) }),
    correcting(
      "of a payment that does not exist",
      foreignKey("payment_corrections_payment_id_fkey"),
      { payment_id: 1_000_000 },
    ),
    correcting(
      "by somebody who does not exist",
      foreignKey("payment_corrections_corrected_by_fkey"),
      { corrected_by: 1_000_000 },
    ),
    correcting("by its own tester", illegal("payment_corrections_not_by_own_tester"), (w) => ({
      corrected_by: w.tester,
    })),
    correcting("in 1999", check("payment_corrections_not_before_2000"), {
      paid_on: "1999-12-31",
    }),
  ]);
});
