/** An issue in any state that legal moves lead to; see rules-fixture.ts. */
import { confirm, prepare, reverse } from "./rules-batch";
import {
  approve,
  file,
  issueRow,
  move,
  NEGATIVE_CLOSINGS,
  reject,
  setStatus,
  voidIt,
  type World,
} from "./rules-fixture";
import { type Columns, inTransaction } from "./rules-sql";

/** Which pairs of payout status and issue status exist at all (DESIGN 3). */
export function isReachable(payout: string, status: string): boolean {
  if (payout === "pending") return !NEGATIVE_CLOSINGS.includes(status);
  return status !== "draft";
}

/** A new issue of `world.tester` over 1,000 minor tenge, committed. */
export function issueIn(world: World, payout: string, status = "triaged"): Promise<number> {
  return inTransaction(world, async () => {
    if (status === "draft") return file(world, { issue: { status } });
    const issueId = await file(world);
    await lead(world, issueId, payout, status);
    if ((await issueRow(world, issueId)).status !== status) {
      await move(world, issueId, setStatus(status));
    }
    return issueId;
  });
}

async function lead(world: World, issueId: number, payout: string, status: string): Promise<void> {
  const isClosed = NEGATIVE_CLOSINGS.includes(status);
  switch (payout) {
    case "approved":
      await move(world, issueId, approve());
      // A commitment survives a negative closing only where it was paid at that time.
      if (isClosed) await payCloseAndReverse(world, issueId, status);
      return;
    case "rejected":
      if (isClosed) return move(world, issueId, reject(status));
      await move(world, issueId, setStatus("triaged"));
      return move(world, issueId, reject("wont_fix", "triaged"));
    case "paid":
      await move(world, issueId, approve());
      return confirm(world, await prepare(world, [issueId]));
    case "void":
      await move(world, issueId, approve());
      return move(world, issueId, voidIt);
  }
}

async function payCloseAndReverse(world: World, issueId: number, status: string): Promise<void> {
  await confirm(world, await prepare(world, [issueId]));
  await move(world, issueId, setStatus(status));
  await reverse(world, issueId);
}

/** A new approved issue, in the caller's transaction. */
export async function approvedNow(world: World, columns: Columns = {}): Promise<number> {
  const issueId = await file(world, { issue: columns });
  await move(world, issueId, approve());
  return issueId;
}

/** A paid issue, and one that was paid, reversed and is approved again. */
export const paidIssue = (world: World) => issueIn(world, "paid");

export async function reversedIssue(world: World): Promise<number> {
  const issueId = await paidIssue(world);
  await inTransaction(world, () => reverse(world, issueId));
  return issueId;
}
