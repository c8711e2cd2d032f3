import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { historyText } from "~/components/issues/history-text";
import { standingText } from "~/components/money-standing-text";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { formatDay, formatMoney } from "~/i18n/format";
import { translator } from "~/i18n/translator";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import { approveIssue, changeAmount, rejectIssue, undoDecision } from "./decision.server";
import { leaveMoneySound } from "./doctor.fixture";
import { asAdmin, asTester, by, filingIn, type Id, may, refusal, rows } from "./issue-acts.fixture";
import { editIssue, submitIssue } from "./issue-filing.server";
import { changeIssueStatus } from "./issue-status-change.server";
import { issueView, livePaidOn } from "./issue.server";
import { reversePayment, voidPayment } from "./reversal.server";

useTestDatabase();
leaveMoneySound();

let aibek: Id;
let dana: Id;
let nazira: Id;
let cycle: Id;

beforeAll(async () => {
  nazira = await buildAdmin({ name: "Nazira" });
});

beforeEach(async () => {
  aibek = await buildTester({ name: "Aibek" });
  dana = await buildTester({ name: "Dana" });
  cycle = await buildCycle({ testers: [aibek] });
});

describe("who sees an issue", () => {
  test("its tester and admins; a draft only its tester", async () => {
    const filed = await buildIssue({ tester: aibek, cycle });
    const draft = await buildIssue({ tester: aibek, cycle, draft: true });
    const sees = async (id: number, who: Parameters<typeof issueView>[1]) =>
      (await issueView(id, who)) !== null;
    expect(await sees(filed.id, asTester(aibek))).toBe(true);
    expect(await sees(filed.id, asTester(dana))).toBe(false);
    expect(await sees(filed.id, asAdmin(nazira))).toBe(true);
    expect(await sees(draft.id, asTester(aibek))).toBe(true);
    expect(await sees(draft.id, asAdmin(nazira))).toBe(false);
    expect(await sees(2_000_000_000, asAdmin(nazira))).toBe(false);
  });

  test("nobody else edits or submits it, and cannot tell that it exists", async () => {
    const { id } = await buildIssue({ tester: aibek, cycle, draft: true });
    const before = await rows();
    const edit = { ...filingIn(cycle), issueId: id };
    expect(await refusal(editIssue(edit, by(dana)))).toBe("not_found");
    expect(await refusal(submitIssue(edit, by(nazira)))).toBe("not_found");
    expect(await rows()).toEqual(before);
  });
});

describe("the history and where the money stands", () => {
  const t = translator("en");
  const day = (value: Date | string) => formatDay(value, "en", BUILDER_ZONE, "2026-11-22");
  const money = (m: Parameters<typeof formatMoney>[0]) =>
    formatMoney(m, "en").replaceAll("\u00a0", " ");

  async function told(id: number) {
    const issue = await issueView(id, asAdmin(nazira));
    if (!issue) throw new Error("there is no such issue");
    return {
      history: issue.history.slice(1).map((entry) => historyText(entry, { t, money, day })),
      standing: standingText(issue.standing, t, day),
      heldIn: issue.heldIn,
    };
  }

  async function anIssue(): Promise<number> {
    return (await buildIssue({ tester: aibek, cycle, severity: "high", at: may(1) })).id;
  }

  test("approved, raised, paid, bounced, paid again, returned", async () => {
    const issueId = await anIssue();
    await approveIssue({ issueId }, by(nazira, 3));
    await changeAmount({ issueId, amount: 950_000, note: "Two bugs" }, by(nazira, 4));
    const held = await buildPreparedBatch({ admin: nazira, issueIds: [issueId], at: may(5) });
    expect(await told(issueId)).toMatchObject({
      heldIn: held.batchId,
      standing: "approved 3 May, not paid yet",
    });
    expect((await issueView(issueId, asTester(aibek)))?.heldIn).toBeNull();
    const { cancelBatch } = await import("./batch-cancel.server");
    await cancelBatch(held.batchId, by(nazira, 5));
    await buildPaidBatch({ admin: nazira, issueIds: [issueId], reference: "8841", at: may(10) });
    expect((await told(issueId)).standing).toBe("paid 10 May, Kaspi, ref. 8841");
    expect(await livePaidOn(issueId)).toBe("2026-05-10");
    const bounced = { issueId, kind: "bounced", reason: "Closed account" } as const;
    await reversePayment({ ...bounced, on: "2026-05-12" }, by(nazira, 12));
    expect((await told(issueId)).standing).toBe(
      "payment of 10 May reversed on 12 May: transfer bounced; waiting to be paid again",
    );
    expect(await livePaidOn(issueId)).toBeNull();
    await buildPaidBatch({ admin: nazira, issueIds: [issueId], reference: "9127", at: may(20) });
    const wrong = { issueId, money: "returned", reason: "Filed twice" } as const;
    await voidPayment({ ...wrong, on: "2026-05-25" }, by(nazira, 25));
    expect(await told(issueId)).toEqual({
      heldIn: null,
      standing:
        "payment of 20 May reversed on 25 May: money returned; void since 25 May: Filed twice",
      history: [
        "Nazira approved ₸ 8,000 on 3 May",
        "Nazira changed the amount from ₸ 8,000 to ₸ 9,500 on 4 May",
        "Nazira paid ₸ 9,500 on 10 May, Kaspi, ref. 8841",
        "Nazira reversed the payment of ₸ 9,500 on 12 May: transfer bounced",
        "Nazira paid ₸ 9,500 on 20 May, Kaspi, ref. 9127",
        "Nazira voided the paid ₸ 9,500 on 25 May: money returned",
      ],
    });
  });

  test("rejected, taken back, closed, reopened", async () => {
    const issueId = await anIssue();
    const note = "Which phone was it?";
    const { version } = await rejectIssue(
      { issueId, reason: "cant_reproduce", note },
      by(nazira, 3),
    );
    expect((await told(issueId)).standing).toBe(
      "rejected 3 May: Can’t reproduce. “Which phone was it?”",
    );
    await undoDecision({ issueId, version }, by(nazira, 4));
    await changeIssueStatus({ issueId, to: "wont_fix" }, by(nazira, 5));
    expect((await told(issueId)).standing).toBe("rejected 5 May: Won’t fix");
    await changeIssueStatus({ issueId, to: "open" }, by(nazira, 6));
    expect(await told(issueId)).toMatchObject({
      standing: "awaiting a decision since 6 May",
      history: [
        "Nazira rejected the payout on 3 May: Can’t reproduce",
        "Nazira took back the rejection on 4 May",
        "Nazira changed the status from Open to Won’t fix on 5 May; the payout was rejected",
        "Nazira changed the status from Won’t fix to Open on 6 May; the payout waits for a decision again",
      ],
    });
  });

  test("a payment shows its latest correction, and money that was kept stays paid", async () => {
    const issueId = await anIssue();
    await approveIssue({ issueId }, by(nazira, 3));
    await buildPaidBatch({ admin: nazira, issueIds: [issueId], reference: "8814", at: may(10) });
    const [payment] = await db().payment.findMany({ where: { issueId }, select: { id: true } });
    for (const reference of ["8840", "8841"])
      await db().paymentCorrection.create({
        data: {
          paymentId: payment?.id ?? 0,
          reference,
          paidOn: new Date("2026-05-09"),
          reason: "Mistyped",
          correctedById: nazira.id,
        },
      });
    expect((await told(issueId)).standing).toBe("paid 9 May, Kaspi, ref. 8841");
    expect(await livePaidOn(issueId)).toBe("2026-05-09");
    const kept = { issueId, money: "kept", reason: "Our mistake", on: "2026-05-12" } as const;
    await voidPayment(kept, by(nazira, 12));
    expect(await told(issueId)).toMatchObject({
      standing: "paid 9 May, Kaspi, ref. 8841; void since 12 May, the money was kept: Our mistake",
      history: [
        "Nazira approved ₸ 8,000 on 3 May",
        "Nazira recorded on 10 May the payment of ₸ 8,000 on 9 May, Kaspi, ref. 8841",
        "Nazira voided the paid ₸ 8,000 on 12 May; the money was kept",
      ],
    });
  });
});
