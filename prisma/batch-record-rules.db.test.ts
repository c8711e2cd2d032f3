/** What is recorded after a batch was paid: by whom, and in which order of dates (DESIGN 3). */
import { describe } from "vitest";
import { bounced, confirm, PAID_ON, prepare, writeReversal } from "./rules-batch";
import { type Case, inState, moveCases, testEach } from "./rules-cases";
import {
  approve,
  changeAmount,
  file,
  move,
  reject,
  undo,
  voidIt,
  type World,
} from "./rules-fixture";
import { illegal, type Refusal, useWorld } from "./rules-refusal";
import { type Columns, insert, inTransaction, one, update } from "./rules-sql";
import { paidIssue, reversedIssue } from "./rules-states";

const world = useWorld();

const NOT_ADMIN = illegal("issue_events_by_admin");
const OWN = illegal("issue_events_not_own_money");
const REVERSED_BEFORE = illegal("issue_payouts_reversed_after_paid");
const OUT_OF_ORDER = illegal("payment_corrections_in_order");

const byTester = (w: World) => ({ event: { actor_id: w.tester } });

describe("a decision about money that a tester makes", () => {
  testEach(
    world,
    moveCases(NOT_ADMIN, [
      ["approving", "pending", "open", (w) => ({ ...approve(), ...byTester(w) })],
      ["rejecting", "pending", "open", (w) => ({ ...reject(), ...byTester(w) })],
      ["changing the amount", "approved", "triaged", (w) => ({ ...changeAmount, ...byTester(w) })],
      [
        "taking back an approval",
        "approved",
        "triaged",
        (w) => ({ ...undo("open"), ...byTester(w) }),
      ],
      ["voiding", "approved", "triaged", (w) => ({ ...voidIt, ...byTester(w) })],
      ["voiding what is paid", "paid", "triaged", (w) => ({ ...voidIt, ...byTester(w) })],
      ["reversing", "paid", "triaged", (w) => ({ ...bounced, ...byTester(w) })],
    ]),
  );
});

/** The issue of an admin who files issues as well; every decision so far is the other admin's. */
async function ofAnAdmin(w: World, ...steps: readonly ("approve" | "pay")[]): Promise<number> {
  return inTransaction(w, async () => {
    const id = await file(w, {
      issue: { tester_id: w.otherAdmin },
      event: { actor_id: w.otherAdmin },
    });
    if (steps.includes("approve")) await move(w, id, approve());
    if (steps.includes("pay")) await confirm(w, await prepare(w, [id]));
    return id;
  });
}
const pendingOfAdmin = (w: World) => ofAnAdmin(w);
const approvedOfAdmin = (w: World) => ofAnAdmin(w, "approve");
const paidOfAdmin = (w: World) => ofAnAdmin(w, "approve", "pay");
const byOwn = (w: World) => ({ event: { actor_id: w.otherAdmin } });

describe("an admin whose own issue it is", () => {
  testEach(world, [
    {
      title: "refuses it",
      given: pendingOfAdmin,
      attempt: (w, id) => move(w, id, { ...reject(), ...byOwn(w) }),
    },
    {
      title: "gives up the commitment",
      given: approvedOfAdmin,
      attempt: (w, id) => move(w, id, { ...voidIt, ...byOwn(w) }),
    },
    {
      title: "does not change its amount",
      refusal: OWN,
      given: approvedOfAdmin,
      attempt: (w, id) => move(w, id, { ...changeAmount, ...byOwn(w) }),
    },
    {
      title: "does not take its payment back into the queue",
      refusal: OWN,
      given: paidOfAdmin,
      attempt: (w, id) => move(w, id, { ...bounced, ...byOwn(w) }),
    },
    {
      title: "does not void it once it is paid, keeping the money",
      refusal: OWN,
      given: paidOfAdmin,
      attempt: (w, id) => move(w, id, { ...voidIt, ...byOwn(w) }),
    },
  ]);
});

describe("the date of a reversal", () => {
  const reversing = (title: string, paidOn: string, refusal?: Refusal): Case => ({
    ...{ title, ...(refusal ? { refusal } : {}) },
    given: paidIssue,
    attempt: async (w, id) => {
      await move(w, id, bounced);
      await writeReversal(w, id, { paid_on: paidOn });
    },
  });
  testEach(world, [
    reversing("is that of its payment", PAID_ON),
    reversing("is not the day before", "2026-05-09", REVERSED_BEFORE),
    {
      title: "is not before what the payment's date was corrected to",
      refusal: REVERSED_BEFORE,
      given: paidIssue,
      attempt: async (w, id) => {
        await correct(w, id, 1, { paid_on: "2026-05-13" });
        await move(w, id, bounced);
        await writeReversal(w, id, { paid_on: "2026-05-12" });
      },
    },
  ]);
});

async function correct(w: World, issueId: number, seq: number, columns: Columns): Promise<void> {
  const { id } = await one<{ id: number }>(
    w,
    "SELECT id FROM issue_payouts WHERE issue_id = $1 AND seq = $2",
    issueId,
    seq,
  );
  await insert(w, "payment_corrections", {
    ...{ payment_id: id, reference: "8842", paid_on: PAID_ON, reason: "Typo" },
    corrected_by: w.admin,
    ...columns,
  });
}

/** A payment of 10 May that was reversed on 12 May. */
describe("a correction", () => {
  const correcting = (
    title: string,
    seq: number,
    columns: Columns | ((w: World) => Columns),
    refusal?: Refusal,
  ): Case => ({
    ...{ title, ...(refusal ? { refusal } : {}) },
    given: reversedIssue,
    attempt: (w, id) => correct(w, id, seq, typeof columns === "function" ? columns(w) : columns),
  });
  testEach(world, [
    correcting("moves a payment to the day of its reversal", 1, { paid_on: "2026-05-12" }),
    correcting("does not move it past its reversal", 1, { paid_on: "2026-05-13" }, OUT_OF_ORDER),
    correcting("moves a reversal to the day of its payment", 2, { paid_on: PAID_ON }),
    correcting("does not move it before", 2, { paid_on: "2026-05-09" }, OUT_OF_ORDER),
    correcting(
      "is an admin's",
      1,
      (w) => ({ corrected_by: w.otherTester }),
      illegal("payment_corrections_by_admin"),
    ),
    {
      title: "counts with the latest one of the other row",
      refusal: OUT_OF_ORDER,
      given: reversedIssue,
      attempt: async (w, id) => {
        await correct(w, id, 2, { paid_on: "2026-05-11" });
        await correct(w, id, 1, { paid_on: "2026-05-12" });
      },
    },
  ]);
});

describe("an admin who is one no longer", () => {
  testEach(world, [
    {
      title: "decides nothing",
      refusal: NOT_ADMIN,
      given: inState("paid"),
      attempt: async (w, id) => {
        await update(w, "users", w.admin, { role: "tester" });
        await move(w, id, bounced);
        await writeReversal(w, id);
      },
    },
  ]);
});
