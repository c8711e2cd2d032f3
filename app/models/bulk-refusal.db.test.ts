import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { useTestDatabase } from "~/database/test-database";
import { MAX_CHOICES } from "~/domain/choice";
import type { PayoutRates } from "~/domain/rates";
import { buildAdmin, buildIssue, buildPreparedBatch, buildTester } from "../../prisma/builders";
import {
  approval,
  buildThree,
  by,
  changeRates,
  HIGH,
  type Id,
  refusalIn,
  rejectionOf,
  row,
  type Three,
} from "./bulk-decision.fixture";
import type { BulkDecision } from "./bulk-decision.server";
import { approveIssue, rejectIssue } from "./decision.server";
import { leaveMoneySound } from "./doctor.fixture";

useTestDatabase();
leaveMoneySound();

let nazira: Id, sanzhar: Id, tester: Id, cycle: Id, ids: Three;

beforeAll(async () => {
  [nazira, sanzhar] = [await buildAdmin({ name: "Nazira" }), await buildAdmin({ name: "Sanzhar" })];
  tester = await buildTester({ name: "Aibek" });
});

beforeEach(async () => {
  ({ cycle, ids } = await buildThree(tester, nazira));
});

const rejection = () => rejectionOf(ids);
const rates = (payout_rates: PayoutRates) => changeRates(cycle, payout_rates);
const refusal = (decision: BulkDecision) => refusalIn(cycle, decision, nazira);

describe("refused as a whole, with what is still valid", () => {
  const rows = () => ids.map((id) => row(id));

  test("somebody decided one meanwhile: who, and how it stands now", async () => {
    await rejectIssue({ issueId: ids[1], reason: "duplicate" }, by(sanzhar));
    expect(await refusal(approval(rows()))).toMatchObject({
      code: "decisions_changed",
      changes: [
        {
          issueId: ids[1],
          outcome: "decided_before",
          by: "Sanzhar",
          payoutStatus: "rejected",
          expected: HIGH,
        },
      ],
      valid: [ids[0], ids[2]],
    });
  });

  test("approved and in a prepared batch: which one", async () => {
    await approveIssue({ issueId: ids[0] }, by(sanzhar));
    const { batchId } = await buildPreparedBatch({ admin: nazira, issueIds: [ids[0]] });
    const frozen = { changes: [{ issueId: ids[0], outcome: "in_batch", batchId }] };
    expect(await refusal(approval(rows()))).toMatchObject(frozen);
    expect(await refusal(rejection())).toMatchObject({ ...frozen, valid: [ids[1], ids[2]] });
  });

  test("a rate changed: what was shown and what is now", async () => {
    await rates({ high: 900_000 });
    expect(await refusal(approval(rows()))).toMatchObject({
      changes: ids.map((issueId) => ({
        ...{ issueId, outcome: "suggestion_changed", expected: HIGH },
        actual: { currency: "KZT", amount: 900_000 },
      })),
      valid: [],
    });
  });

  test("the currency changed, the number did not, also beside a typed amount", async () => {
    await rates({ critical: 1, high: 800_000, medium: 1, low: 1, currency: "USD" });
    const changed = { outcome: "suggestion_changed", actual: { currency: "USD", amount: 800_000 } };
    const typed = [row(ids[0]), row(ids[1], { amount: 1_000 })];
    expect(await refusal(approval(typed))).toMatchObject({ changes: [changed, changed] });
  });

  test("edited meanwhile: another version", async () => {
    const old = [row(ids[0], { version: 7 }), row(ids[1])];
    expect(await refusal(approval(old))).toMatchObject({
      changes: [{ issueId: ids[0], outcome: "stale", by: "Aibek" }],
      valid: [ids[1]],
    });
  });

  test("a draft and a number that nobody has are both unknown", async () => {
    const draft = await buildIssue({ tester, cycle, severity: "high", draft: true });
    const unknown = [row(draft.id), row(2_147_483_647)];
    expect(await refusal(approval(unknown))).toMatchObject({
      changes: [{ outcome: "unknown" }, { outcome: "unknown", title: null }],
    });
  });

  test("amounts that no form lets through", async () => {
    for (const amount of [0, -1, 1.5, 1_000_000_001, NaN]) {
      expect(await refusal(approval([row(ids[0], { amount })]))).toMatchObject({
        changes: [{ outcome: "amount" }],
      });
    }
  });

  test("one's own issue", async () => {
    const own = await buildIssue({ tester: nazira, cycle, severity: "high" });
    expect(await refusal(approval([...rows(), row(own.id)]))).toEqual({
      code: "own_issue",
      issueIds: [own.id],
    });
  });

  test("nothing chosen, too many, one twice", async () => {
    const code = "choice_invalid";
    expect(await refusal(approval([]))).toEqual({ code, problem: "none" });
    expect(await refusal(approval([row(ids[0]), row(ids[0])]))).toEqual({
      ...{ code, problem: "duplicate" },
    });
    const many = Array.from({ length: MAX_CHOICES + 1 }, (_, n) => row(n + 1));
    expect(await refusal(approval(many))).toEqual({ code, problem: "too_many" });
  });
});
