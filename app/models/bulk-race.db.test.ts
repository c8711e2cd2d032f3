import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { WHOLE_REVIEW } from "~/filters/review-filter";
import { BUILDER_ZONE } from "../../prisma/builders";
import { outcomes } from "./batch-race.fixture";
import { approveAllMatching, decideMany } from "./bulk-decision.server";
import {
  buildBulkRound,
  type BulkRound,
  decidedIssues,
  DECIDERS,
  doubleDecisions,
  overlapping,
} from "./bulk-race.fixture";
import { approveIssue } from "./decision.server";
import { reviewTotals } from "./review.server";

useTestDatabase();

let round: BulkRound;
beforeEach(async () => {
  round = await buildBulkRound();
});

const actOf = (n: number) => ({
  actorId: round.admins[n % 2 === 0 ? 0 : 1].id,
  at: new Date(),
});
const atOnce = <T>(attempt: (n: number) => Promise<T>) =>
  outcomes(Array.from({ length: DECIDERS }, (_, n) => attempt(n)));

describe(`${DECIDERS} bulk decisions on overlapping sets at once`, () => {
  test("each that can be: one decision an issue, and everybody is told which were theirs", async () => {
    const { done, refusals, unexpected } = await atOnce((n) =>
      n % 4 === 3
        ? decideMany(
            { intent: "reject", reason: "duplicate", mode: "each", rows: overlapping(round, n) },
            actOf(n),
          )
        : decideMany({ intent: "approve", mode: "each", rows: overlapping(round, n) }, actOf(n)),
    );
    expect([unexpected, refusals]).toEqual([[], []]);
    expect(await doubleDecisions(round)).toBe(0);
    expect(await decidedIssues(round)).toBe(round.ids.length);
    expect(done.reduce((sum, result) => sum + result.count, 0)).toBe(round.ids.length);
    const told = done.flatMap(({ outcomes: rows }) => rows.filter((r) => r.outcome === "decided"));
    expect(new Set(told.map((row) => row.issueId)).size).toBe(round.ids.length);
    for (const { outcomes: rows } of done) {
      for (const row of rows.filter((r) => r.outcome !== "decided")) {
        expect(row.outcome).toBe("decided_before");
        expect(["Nazira", "Sanzhar"]).toContain(row.by);
      }
    }
  });

  test("all or nothing: whoever is not first is refused, whole", async () => {
    const { done, refusals, unexpected } = await atOnce((n) =>
      decideMany({ intent: "approve", mode: "all", rows: overlapping(round, n) }, actOf(n)),
    );
    expect(unexpected).toEqual([]);
    // Any two of the sets share an issue.
    expect(done).toHaveLength(1);
    expect(refusals).toEqual(Array.from({ length: DECIDERS - 1 }, () => "decisions_changed"));
    expect(await doubleDecisions(round)).toBe(0);
    expect(await decidedIssues(round)).toBe((round.ids.length * 2) / 3);
  });

  test("with one key and content: one decides, every answer leads to it", async () => {
    const post = { intent: "approve", mode: "all", rows: overlapping(round, 0) } as const;
    const key = randomUUID();
    const { done, refusals, unexpected } = await atOnce(() =>
      decideMany({ ...post, key }, actOf(0)),
    );
    expect([unexpected, refusals]).toEqual([[], []]);
    expect(done.filter((result) => !result.replayed)).toHaveLength(1);
    expect(new Set(done.map((result) => result.bulkId)).size).toBe(1);
    expect(await doubleDecisions(round)).toBe(0);
  });

  test("with one key and other issues each: one decides, the others are refused", async () => {
    const key = randomUUID();
    const { done, refusals, unexpected } = await atOnce((n) => {
      const rows = overlapping(round, 0).slice(n, n + 1);
      return decideMany({ intent: "approve", mode: "all", rows, key }, actOf(0));
    });
    expect(unexpected).toEqual([]);
    expect(done).toHaveLength(1);
    expect(refusals).toEqual(Array.from({ length: DECIDERS - 1 }, () => "key_reused"));
    expect(await decidedIssues(round)).toBe(1);
  });
});

describe("approve all that match", () => {
  const shown = async () => {
    const filter = { ...WHOLE_REVIEW, cycle: round.cycle.id };
    const asOf = new Date();
    const reader = { ...round.admins[0], zone: BUILDER_ZONE };
    const { count, totals } = await reviewTotals(filter, asOf, reader);
    return { filter, zone: BUILDER_ZONE, asOf, expected: { count, totals } };
  };

  test(`${DECIDERS} times at once with one key: one effect, every answer leads to it`, async () => {
    const post = { ...(await shown()), key: randomUUID() };
    const { done, refusals, unexpected } = await atOnce(() => approveAllMatching(post, actOf(0)));
    expect([unexpected, refusals]).toEqual([[], []]);
    expect(done.filter((answer) => !answer.replayed)).toHaveLength(1);
    expect(new Set(done.map((answer) => answer.bulkId)).size).toBe(1);
    expect(await doubleDecisions(round)).toBe(0);
    expect(await decidedIssues(round)).toBe(round.ids.length);
  });

  test("by several, with single decisions between: all of what was shown, or nothing", async () => {
    const page = await shown();
    const { done, unexpected } = await atOnce(async (n) => {
      const issueId = round.ids[n] ?? 0;
      if (n % 5 === 4) return approveIssue({ issueId, version: 1 }, actOf(n)).then(() => null);
      return approveAllMatching({ ...page, key: randomUUID() }, actOf(n));
    });
    expect(unexpected).toEqual([]);
    const whole = done.filter((answer) => answer !== null);
    expect(whole.length).toBeLessThanOrEqual(1);
    expect(whole.map((answer) => answer.count)).toEqual(whole.map(() => round.ids.length));
    expect(await doubleDecisions(round)).toBe(0);
    const events = await db().issueEvent.count({
      where: { issueId: { in: [...round.ids] }, kind: "approved" },
    });
    expect(events).toBe(await decidedIssues(round));
  });
});
