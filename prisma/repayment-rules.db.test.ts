/** What may become of an issue that was paid: it is paid once, and again only after a reversal (DESIGN 3). */
import { describe, expect, test } from "vitest";
import { bounced, cancel, confirm, pay, prepare, reverse, SENT, transferOf } from "./rules-batch";
import { type Case, testEach } from "./rules-cases";
import { changeAmount, type ItemRow, move, type Step, voidIt, type World } from "./rules-fixture";
import { disagrees, foreignKey, type Refusal, unique, useWorld } from "./rules-refusal";
import { all, type Columns, inTransaction, one, update } from "./rules-sql";
import { issueIn, paidIssue, reversedIssue } from "./rules-states";

const world = useWorld();

describe("an issue that was paid", () => {
  const SEQ = foreignKey("issue_payouts_seq_fkey");
  // The proposed index asks first.
  const once = unique("issue_payouts_once_per_transfer");
  const again = (
    title: string,
    given: Case["given"],
    refusals: readonly Refusal[],
    change: Columns,
  ): Case => ({
    ...{ title, given, refusal: refusals },
    attempt: async (w, id) => pay(w, await paidItem(w, id), change),
  });
  const PAY: Step = { kind: "paid", payout: "paid" };
  testEach(world, [
    {
      title: "is voided and the money kept",
      given: paidIssue,
      attempt: (w, id) => move(w, id, voidIt),
    },
    {
      title: "is reversed, then voided",
      given: reversedIssue,
      attempt: (w, id) => move(w, id, voidIt),
    },
    {
      title: "bounces and is paid again in a new batch",
      given: reversedIssue,
      attempt: async (w, id) => confirm(w, await prepare(w, [id])),
    },
    again("has a second first payment", paidIssue, [unique("issue_payouts_seq_key"), once], {
      seq: 1,
    }),
    again("has a second live payment", paidIssue, [SEQ, once], { seq: 3 }),
    again("has a fifth row without a third", reversedIssue, [SEQ, once], { seq: 5 }),
    again(
      "is paid again though it is only approved",
      reversedIssue,
      [disagrees("issues_paid_once"), once],
      {},
    ),
    {
      title: "is paid again over what it was worth before its amount changed",
      refusal: [disagrees("issues_paid_as_approved"), once],
      given: async (w) => {
        const id = await issueIn(w, "paid");
        await inTransaction(w, () => reverse(w, id));
        await inTransaction(w, () => move(w, id, changeAmount));
        return id;
      },
      attempt: async (w, id) => {
        const item = await paidItem(w, id);
        await pay(w, item);
        await move(w, id, { ...PAY, batch: item.batch_id });
      },
    },
    {
      title: "is paid through a batch that said how it is sent and was cancelled",
      refusal: disagrees("issues_paid_by_batch"),
      given: async (w) => {
        const id = await issueIn(w, "approved");
        await inTransaction(w, async () => {
          const batchId = await prepare(w, [id]);
          await update(w, "payout_transfers", (await transferOf(w, batchId)).id, SENT);
          await cancel(w, batchId);
        });
        return id;
      },
      attempt: async (w, id) => {
        const text = "SELECT * FROM payout_batch_items WHERE issue_id = $1";
        const item = await one<ItemRow>(w, text, id);
        await pay(w, item);
        await move(w, id, { ...PAY, batch: item.batch_id });
      },
    },
    {
      title: "is paid again through the batch that bounced",
      ...{ given: reversedIssue, refusal: once },
      attempt: async (w, id) => {
        const item = await paidItem(w, id);
        await pay(w, item);
        await move(w, id, { ...PAY, batch: item.batch_id });
      },
    },
    {
      title: "bounces and is paid again, as its events say, though no money moved",
      ...{ given: paidIssue, refusal: unique("issue_events_paid_once") },
      attempt: async (w, id) => {
        await move(w, id, bounced);
        await move(w, id, { ...PAY, batch: (await paidItem(w, id)).batch_id });
      },
    },
  ]);

  test("and bounced and was paid again has its two payments and the reversal between them", async () => {
    const id = await reversedIssue(world());
    await inTransaction(world(), async () => confirm(world(), await prepare(world(), [id])));
    await inTransaction(world(), () => reverse(world(), id));
    const text = "SELECT seq, amount::int FROM issue_payouts WHERE issue_id = $1 ORDER BY seq";
    expect(await all(world(), text, id)).toEqual([
      { seq: 1, amount: 1000 },
      { seq: 2, amount: -1000 },
      { seq: 3, amount: 1000 },
      { seq: 4, amount: -1000 },
    ]);
  });
});

function paidItem(w: World, id: number): Promise<ItemRow> {
  return one<ItemRow>(
    w,
    "SELECT * FROM payout_batch_items WHERE issue_id = $1 AND state = 'paid'",
    id,
  );
}
