/** Preparing a batch: what may be reserved, and what may be added later (DESIGN 3, 5). */
import { describe } from "vitest";
import {
  cancel,
  closeBatch,
  confirm,
  prepare,
  type PrepareChange,
  reserve,
  transferOf,
} from "./rules-batch";
import { batchAfter, type Case, inState, preparedBatch, testEach } from "./rules-cases";
import { PAYOUT_STATUSES, type World } from "./rules-fixture";
import {
  check,
  foreignKey,
  illegal,
  notAddingUp,
  type Refusal,
  unique,
  useWorld,
} from "./rules-refusal";
import { type Columns, insert, insertOne, inTransaction } from "./rules-sql";
import { approvedNow } from "./rules-states";

const world = useWorld();

const ADD_UP = notAddingUp("payout_transfers_add_up");
const MATCH = notAddingUp("payout_batch_items_match_issue");
const SETTLED = notAddingUp("payout_batches_settled");

const approved = inState("approved");

describe("preparing", () => {
  const preparing = (
    title: string,
    refusal: Refusal | undefined,
    change: PrepareChange | ((w: World) => PrepareChange),
    given = approved,
  ): Case => ({
    ...{ title, given, ...(refusal ? { refusal } : {}) },
    attempt: (w, id) => prepare(w, [id], typeof change === "function" ? change(w) : change),
  });
  testEach(world, [
    preparing("an approved issue", undefined, {}),
    ...PAYOUT_STATUSES.filter((status) => status !== "approved").map((status) =>
      preparing(`an issue that is ${status}`, MATCH, {}, inState(status)),
    ),
    preparing("a draft", MATCH, {}, inState("pending", "draft")),
    preparing("at another amount", MATCH, {
      transfer: { total_amount: 999 },
      item: { amount: 999 },
    }),
    preparing("in another currency", MATCH, {
      transfer: { currency: "USD" },
      item: { currency: "USD" },
    }),
    preparing("for another tester", foreignKey("payout_batch_items_issue_fkey"), (w) => {
      const other = { tester_id: w.otherTester };
      return { transfer: other, item: other };
    }),
    preparing(
      "in the transfer of another tester",
      foreignKey("payout_batch_items_transfer_fkey"),
      (w) => ({ transfer: { tester_id: w.otherTester } }),
    ),
    preparing("in a transfer of another currency", foreignKey("payout_batch_items_transfer_fkey"), {
      transfer: { currency: "USD" },
    }),
    preparing("in a transfer of another batch", foreignKey("payout_batch_items_transfer_fkey"), {
      item: { batch_id: 1_000_000 },
    }),
    preparing("as already paid", MATCH, { item: { state: "paid" } }),
    preparing("as already released", MATCH, { item: { state: "released" } }),
    preparing("with a count of one more", ADD_UP, { transfer: { issue_count: 2 } }),
    preparing("with a total of one more", ADD_UP, { transfer: { total_amount: 1001 } }),
    preparing("with a total of one less", ADD_UP, { transfer: { total_amount: 999 } }),
    preparing("by nobody", check("payout_batches_by_someone"), { batch: { prepared_by: null } }),
    preparing("as already confirmed", illegal("payout_batches_legal_start"), {
      batch: { status: "confirmed", confirmed_at: "2026-05-10" },
    }),
    preparing("with a confirmer", check("payout_batches_by_someone"), (w) => ({
      batch: { confirmed_by: w.admin },
    })),
    preparing("with a time of confirmation", check("payout_batches_confirmed_when"), {
      batch: { confirmed_at: "2026-05-10" },
    }),
    preparing("with a time of cancellation", check("payout_batches_cancelled_when"), {
      batch: { cancelled_at: "2026-05-10" },
    }),
  ]);

  testEach(world, [
    {
      title: "an issue that another batch holds",
      refusal: unique("payout_batch_items_reserved_once"),
      given: async (w) => {
        const id = await approved(w);
        await inTransaction(w, () => prepare(w, [id]));
        return id;
      },
      attempt: (w, id) => prepare(w, [id]),
    },
    {
      title: "an issue twice in one transfer",
      refusal: unique("payout_batch_items_pkey"),
      given: approved,
      attempt: async (w, id) => {
        const transferId = await emptyTransfer(w, { issue_count: 2, total_amount: 2000 });
        await insert(w, "payout_batch_items", itemOf(w, transferId, id), itemOf(w, transferId, id));
      },
    },
    {
      title: "the issues of a transfer one after the other",
      refusal: ADD_UP,
      given: approved,
      attempt: async (w, id) => {
        const other = await approvedNow(w);
        const transferId = await emptyTransfer(w, { issue_count: 2, total_amount: 2000 });
        await insert(w, "payout_batch_items", itemOf(w, transferId, id));
        await insert(w, "payout_batch_items", itemOf(w, transferId, other));
      },
    },
    {
      title: "a transfer without issues",
      refusal: notAddingUp("payout_transfers_have_items"),
      given: approved,
      attempt: (w) => emptyTransfer(w, {}),
    },
    {
      title: "a batch without transfers",
      refusal: SETTLED,
      given: approved,
      attempt: (w) => insertOne(w, "payout_batches", { prepared_by: w.admin }),
    },
    {
      title: "two transfers for the same tester and currency",
      refusal: unique("payout_transfers_one_per_tester_key"),
      given: preparedBatch,
      attempt: async (w, batchId) => reserve(w, batchId, [await approvedNow(w)]),
    },
  ]);
});

const lastBatch = new WeakMap<World, number>();

async function emptyTransfer(w: World, columns: Columns): Promise<number> {
  const batchId = await insertOne(w, "payout_batches", { prepared_by: w.admin });
  lastBatch.set(w, batchId);
  const line = { batch_id: batchId, tester_id: w.tester, currency: "KZT" };
  return insertOne(w, "payout_transfers", {
    ...line,
    issue_count: 1,
    total_amount: 1000,
    ...columns,
  });
}

function itemOf(w: World, transferId: number, issueId: number): Columns {
  const line = { batch_id: lastBatch.get(w) ?? 0, tester_id: w.tester, currency: "KZT" };
  return { ...line, transfer_id: transferId, issue_id: issueId, amount: 1000 };
}

describe("adding to a batch later", () => {
  const adding = (
    title: string,
    refusal: Refusal,
    given: Case["given"],
    attempt: Case["attempt"],
  ): Case => ({ title, refusal, given, attempt });
  const item: Case["attempt"] = async (w, batchId) => {
    const { id } = await transferOf(w, batchId);
    lastBatch.set(w, batchId);
    await insert(w, "payout_batch_items", itemOf(w, id, await approvedNow(w)));
  };
  const line: Case["attempt"] = async (w, batchId) =>
    reserve(w, batchId, [await approvedNow(w, { tester_id: w.otherTester })]);
  const start = illegal("payout_transfers_legal_start");
  testEach(world, [
    adding("an issue to a prepared one", ADD_UP, preparedBatch, item),
    adding("an issue to a confirmed one", ADD_UP, batchAfter(confirm), item),
    adding("an issue to a cancelled one", ADD_UP, batchAfter(cancel), item),
    adding("a transfer to a confirmed one", start, batchAfter(confirm), line),
    adding("a transfer to a cancelled one", start, batchAfter(cancel), line),
    {
      ...adding(
        "issues to one that is cancelled in between",
        illegal("payout_batch_items_legal_start"),
        preparedBatch,
        async (w) => {
          const transferId = await emptyTransfer(w, {});
          const batchId = lastBatch.get(w) ?? 0;
          await closeBatch(w, batchId, "cancelled");
          await w.sql.query("SET CONSTRAINTS payout_batches_settled IMMEDIATE");
          await insert(w, "payout_batch_items", itemOf(w, transferId, await approvedNow(w)));
        },
      ),
    },
  ]);
});

describe("a one-time key", () => {
  const key = { operation: "prepare", key: "k1", content_hash: "h1" };
  const claiming = (
    title: string,
    refusal: Refusal,
    given: Case["given"],
    columns: Columns,
  ): Case => ({
    ...{ title, refusal, given },
    attempt: (w, batch_id) =>
      insert(w, "operation_keys", { user_id: w.admin, ...key, batch_id, ...columns }),
  });
  const claimed = batchAfter((w, batch_id) =>
    insert(w, "operation_keys", { user_id: w.admin, ...key, batch_id }),
  );
  testEach(world, [
    claiming("claimed twice", unique("operation_keys_pkey"), claimed, {}),
    claiming("claimed again for other content", unique("operation_keys_pkey"), claimed, {
      content_hash: "h2",
    }),
    claiming("of nobody", foreignKey("operation_keys_user_id_fkey"), preparedBatch, {
      ...{ user_id: 1_000_000, key: "k2" },
    }),
    {
      ...claiming(
        "that leads to no batch",
        foreignKey("operation_keys_batch_id_fkey"),
        preparedBatch,
        {
          ...{ batch_id: 1_000_000, key: "k3" },
        },
      ),
    },
  ]);
});
