/** An approved issue in a prepared batch is frozen until that batch is confirmed or cancelled (DESIGN 3). */
import { describe } from "vitest";
import { cancel, confirm, leaveOut, prepare, transferOf } from "./rules-batch";
import { type Case, testEach } from "./rules-cases";
import {
  changeAmount,
  closeNegative,
  edit,
  ISSUE_STATUSES,
  move,
  NEGATIVE_CLOSINGS,
  setStatus,
  type Step,
  undo,
  voidIt,
  type World,
} from "./rules-fixture";
import { frozen, useWorld } from "./rules-refusal";
import { inTransaction } from "./rules-sql";
import { approvedNow } from "./rules-states";

const world = useWorld();

const CHANGES: readonly (readonly [title: string, step: Step])[] = [
  ...ISSUE_STATUSES.filter((status) => status !== "draft" && status !== "triaged").map((status) =>
    NEGATIVE_CLOSINGS.includes(status)
      ? ([`closing it as ${status}`, closeNegative(status)] as const)
      : ([`making it ${status}`, setStatus(status)] as const),
  ),
  ["undoing its approval", undo("open")],
  ["changing its amount", changeAmount],
  ["voiding it", voidIt],
];

// Two lines, so that one of them can be left out.
async function reserved(w: World): Promise<{ issueId: number; batchId: number }> {
  return inTransaction(w, async () => {
    const issueId = await approvedNow(w);
    const other = await approvedNow(w, { tester_id: w.otherTester });
    return { issueId, batchId: await prepare(w, [issueId, other]) };
  });
}

const held = async (w: World) => (await reserved(w)).issueId;

const freed =
  (free: (w: World, batchId: number) => Promise<unknown>): Case["given"] =>
  async (w) => {
    const { issueId, batchId } = await reserved(w);
    await inTransaction(w, () => free(w, batchId));
    return issueId;
  };

function tryAll(title: string, given: Case["given"], isFrozen: boolean): Case[] {
  return CHANGES.map(([change, step]) => ({
    ...{ title: `${change}, ${title}`, given, ...(isFrozen ? { refusal: frozen } : {}) },
    attempt: (w, id) => move(w, id, step),
  }));
}

describe("an approved issue", () => {
  testEach(world, tryAll("while it is in a prepared batch", held, true));
  testEach(world, tryAll("after its batch was cancelled", freed(cancel), false));
  const leaveItOut = async (w: World, batchId: number) =>
    leaveOut(w, (await transferOf(w, batchId)).id);
  testEach(world, tryAll("after its line was left out", freed(leaveItOut), false));

  testEach(world, [
    {
      title: "is paid while its line is still reserved",
      ...{ given: held, refusal: frozen },
      attempt: (w, id) => move(w, id, { kind: "paid", payout: "paid", batch: 1 }),
    },
    {
      title: "changes back and forth in one transaction",
      ...{ given: held, refusal: frozen },
      attempt: async (w, id) => {
        await move(w, id, setStatus("fixed"));
        await move(w, id, setStatus("triaged"));
      },
    },
    {
      title: "may have its text edited while it is in a prepared batch",
      given: held,
      attempt: (w, id) => move(w, id, edit),
    },
    {
      title: "may be voided once its batch is confirmed",
      given: freed(confirm),
      attempt: (w, id) => move(w, id, voidIt),
    },
    {
      title: "is in a prepared batch again after the first one was cancelled",
      refusal: frozen,
      given: async (w) => {
        const issueId = await freed(cancel)(w);
        await inTransaction(w, () => prepare(w, [issueId]));
        return issueId;
      },
      attempt: (w, id) => move(w, id, voidIt),
    },
  ]);
});
