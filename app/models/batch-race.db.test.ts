import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { buildPreparedBatch } from "../../prisma/builders";
import { cancelBatch } from "./batch-cancel.server";
import { confirmBatch, payBatch, prepareBatch } from "./batch.server";
import {
  buildRound,
  CLIENTS,
  confirmation,
  doublePayments,
  type Id,
  outcomes,
  overlappingChoice,
  overlappingOrder,
  paidIssues,
  payAct,
  type Round,
} from "./batch-race.fixture";
import { rejectIssue, undoDecision } from "./decision.server";
import { leaveMoneySound } from "./doctor.fixture";

useTestDatabase();
leaveMoneySound();

let round: Round;
beforeEach(async () => {
  round = await buildRound();
});

/** The two admins take turns. */
const adminOf = (n: number): Id => round.admins[n % 2 === 0 ? 0 : 1];
const atOnce = <T>(attempt: (n: number) => Promise<T>) =>
  outcomes(Array.from({ length: CLIENTS }, (_, n) => attempt(n)));
const prepared = () => buildPreparedBatch({ admin: round.admins[0], issueIds: round.issueIds });

describe(`${CLIENTS} confirms of one batch at once`, () => {
  test("with one key: one pays, and every answer leads to that batch", async () => {
    const { batchId } = await prepared();
    const post = { batchId, key: randomUUID(), ...(await confirmation(batchId, "8841")) };
    const { done, refusals, unexpected } = await atOnce(() =>
      confirmBatch(post, payAct(adminOf(0))),
    );
    expect(unexpected).toEqual([]);
    expect(refusals).toEqual([]);
    expect(done.filter((answer) => !answer.replayed)).toHaveLength(1);
    expect(done.map((answer) => answer.batchId)).toEqual(done.map(() => batchId));
    expect(await doublePayments(round)).toBe(0);
    expect(await paidIssues(round)).toBe(round.issueIds.length);
  });

  test("with a key each and the same content: one pays, the others find it done", async () => {
    const { batchId } = await prepared();
    const post = { batchId, ...(await confirmation(batchId, "8841")) };
    const { done, unexpected, refusals } = await atOnce((n) =>
      confirmBatch({ ...post, key: randomUUID() }, payAct(adminOf(n))),
    );
    expect(unexpected).toEqual([]);
    expect(refusals).toEqual([]);
    expect(done.filter((answer) => !answer.replayed)).toHaveLength(1);
    expect(await doublePayments(round)).toBe(0);
  });

  test("with other references each: one pays, the others are told who did", async () => {
    const { batchId } = await prepared();
    const posts = await Promise.all(
      Array.from({ length: CLIENTS }, (_, n) => confirmation(batchId, `ref ${n}`)),
    );
    const { done, refusals, unexpected } = await atOnce((n) =>
      confirmBatch(
        { batchId, key: randomUUID(), transfers: [], ticked: [], ...posts[n] },
        payAct(adminOf(n)),
      ),
    );
    expect(unexpected).toEqual([]);
    expect(done).toHaveLength(1);
    expect(refusals).toEqual(Array.from({ length: CLIENTS - 1 }, () => "batch_closed"));
    expect(await doublePayments(round)).toBe(0);
  });

  test("while others cancel it: it is paid or cancelled, never both", async () => {
    const { batchId } = await prepared();
    const post = { batchId, key: randomUUID(), ...(await confirmation(batchId, "8841")) };
    const { unexpected, refusals } = await atOnce((n) =>
      n % 2 ? cancelBatch(batchId, payAct(adminOf(0))) : confirmBatch(post, payAct(adminOf(0))),
    );
    expect(unexpected).toEqual([]);
    expect(refusals).toEqual(Array.from({ length: CLIENTS / 2 }, () => "batch_closed"));
    const { status } = await db().payoutBatch.findUniqueOrThrow({ where: { id: batchId } });
    expect(await paidIssues(round)).toBe(status === "confirmed" ? round.issueIds.length : 0);
  });
});

describe(`${CLIENTS} overlapping batches at once`, () => {
  test("prepared: no issue is reserved twice", async () => {
    const { done, refusals, unexpected } = await atOnce((n) =>
      prepareBatch(
        { key: randomUUID(), lines: [], choices: overlappingChoice(round, n) },
        payAct(adminOf(n)),
      ),
    );
    expect(unexpected).toEqual([]);
    expect(done.length).toBeGreaterThan(0);
    expect(refusals).toEqual(Array.from({ length: CLIENTS - done.length }, () => "choice_changed"));
    const reserved = await db().batchItem.findMany({
      where: { issueId: { in: [...round.issueIds] }, state: "reserved" },
    });
    expect(reserved).toHaveLength((done.length * round.issueIds.length) / 2);
    expect(new Set(reserved.map((item) => item.issueId)).size).toBe(reserved.length);
  });

  test("paid in one call each: no issue is paid twice", async () => {
    const { done, refusals, unexpected } = await atOnce((n) =>
      payBatch(overlappingOrder(round, n), payAct(adminOf(n))),
    );
    expect(unexpected).toEqual([]);
    expect(done.length).toBeGreaterThan(0);
    expect(refusals).toEqual(Array.from({ length: CLIENTS - done.length }, () => "choice_changed"));
    expect(await doublePayments(round)).toBe(0);
    expect(await paidIssues(round)).toBe((done.length * round.issueIds.length) / 2);
  });

  test("while decisions are taken back: what is paid was approved to the end", async () => {
    const versions = await db().issue.findMany({ where: { id: { in: [...round.issueIds] } } });
    const { unexpected } = await atOnce(async (n) => {
      const issue = versions[n % versions.length];
      if (n % 3 !== 0 || !issue) return payBatch(overlappingOrder(round, n), payAct(adminOf(n)));
      const act = payAct(adminOf(n));
      const undone = await undoDecision({ issueId: issue.id, version: issue.version }, act);
      return rejectIssue({ issueId: undone.id, reason: "rejected" }, act);
    });
    expect(unexpected).toEqual([]);
    expect(await doublePayments(round)).toBe(0);
    const paid = await db().payment.findMany({ where: { issueId: { in: [...round.issueIds] } } });
    expect(paid).toHaveLength(await paidIssues(round));
  });
});
