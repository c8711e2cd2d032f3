import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { IssueFilter } from "~/filters/issue-filter";
import { buildCycle, buildPaidBatch } from "../../prisma/builders";
import { approveIssue } from "./decision.server";
import type { IssueReader } from "./issue-conditions.server";
import { issueFilterOptions } from "./issue-filter-options.server";
import {
  buildListed,
  issueList,
  type Listed,
  only,
  sumOfIssues,
  titles,
} from "./issue-list.fixture";
import { changeIssueStatus } from "./issue-status-change.server";

useTestDatabase();

let listed: Listed;
beforeAll(async () => void (listed = await buildListed()));

describe("the filters of the list", () => {
  test("cycle, severity, tester", async () => {
    expect(await titles({ cycle: listed.dollars.id }, listed.readers.nazira)).toEqual(["50% off"]);
    expect(await titles({ severity: "critical" }, listed.readers.aibek)).toEqual(
      [16, 12, 8, 4, 0].map((n) => `Tenge ${n}`),
    );
    expect(await titles({ tester: listed.aibek.id }, listed.readers.nazira)).toHaveLength(21);
    expect(await titles({ cycle: 999, tester: 999 }, listed.readers.nazira)).toEqual([]);
  });

  test("dates, inclusive, by the team's calendar", async () => {
    expect(await titles({ from: "2026-05-11", to: "2026-05-11" }, listed.readers.aibek)).toEqual([
      "50% off",
    ]);
    expect(await titles({ from: "2026-05-10", to: "2026-05-10" }, listed.readers.aibek)).toEqual(
      [],
    );
    expect(
      await titles({ from: "2026-05-05", to: "2026-05-05" }, listed.readers.aibek),
    ).toHaveLength(4);
    expect(await titles({ from: "2026-05-12", to: "2026-05-01" }, listed.readers.aibek)).toEqual(
      [],
    );
  });

  test("text, as it is written, in title and body, and numbers", async () => {
    expect(await titles({ q: "50%" }, listed.readers.nazira)).toEqual(["50% off"]);
    expect(await titles({ q: "5%o" }, listed.readers.nazira)).toEqual([]);
    expect(await titles({ q: "_" }, listed.readers.nazira)).toEqual([]);
    expect(await titles({ q: "\\" }, listed.readers.nazira)).toEqual([]);
    expect(await titles({ q: "<B>safari" }, listed.readers.nazira)).toEqual(["Dana's"]);
    const { issues } = await issueList(only({ q: "50%" }), null, listed.readers.nazira);
    expect(await titles({ q: `#${issues[0]?.id}` }, listed.readers.nazira)).toEqual(["50% off"]);
    expect(await titles({ q: "#99999999999" }, listed.readers.nazira)).toEqual([]);
  });

  test("what is pending leaves drafts out", async () => {
    expect(await titles({ payoutStatus: "pending" }, listed.readers.aibek)).toHaveLength(21);
  });

  test("approved, paid, void and pending carry their sum per currency; others none", async () => {
    const act = { actorId: listed.nazira.id, at: new Date() };
    const { issues } = await issueList(only({ severity: "high" }), null, listed.readers.aibek);
    for (const { id } of issues) await approveIssue({ issueId: id }, act);
    const [first, second] = issues.filter(({ cycle }) => cycle.id === listed.tenge.id);
    await buildPaidBatch({ admin: listed.nazira, issueIds: [first?.id ?? 0, second?.id ?? 0] });
    const sumOf = (payoutStatus: IssueFilter["payoutStatus"], reader: IssueReader) =>
      sumOfIssues(only({ payoutStatus }), reader);
    expect(await sumOf("approved", listed.readers.nazira)).toEqual({
      of: "approved",
      money: [
        { currency: "KZT", amount: 3 * 800_000 },
        { currency: "USD", amount: 2_500 },
      ],
      unrated: 0,
    });
    const paid = { of: "paid", money: [{ currency: "KZT", amount: 2 * 800_000 }], unrated: 0 };
    expect(await sumOf("paid", listed.readers.aibek)).toEqual(paid);
    expect(await sumOf("paid", listed.readers.dana)).toMatchObject({ money: [] });
    expect(await sumOf("void", listed.readers.nazira)).toEqual({
      of: "void",
      money: [],
      unrated: 0,
    });
    for (const payoutStatus of [null, "rejected"] as const)
      expect(await sumOf(payoutStatus, listed.readers.nazira)).toBeNull();
    const [pending] = await db().$queryRaw<[{ amount: bigint }]>`
      SELECT sum(CASE severity WHEN 'critical' THEN 1500000 WHEN 'high' THEN 800000 WHEN 'medium' THEN 300000
                 ELSE 100000 END) AS amount
        FROM issues WHERE payout_status = 'pending' AND status <> 'draft' AND cycle_id = ${listed.tenge.id}`;
    expect(await sumOf("pending", listed.readers.nazira)).toEqual({
      of: "pending",
      money: [{ currency: "KZT", amount: Number(pending.amount) }],
      unrated: 0,
    });
  });

  test("a row says what it pays, or would", async () => {
    const { issues } = await issueList(only({ severity: "critical" }), null, listed.readers.aibek);
    expect(issues[0]).toMatchObject({
      approved: null,
      suggested: { currency: "KZT", amount: 1_500_000 },
    });
    const id = issues[0]?.id ?? 0;
    await changeIssueStatus(
      { issueId: id, to: "duplicate" },
      { actorId: listed.nazira.id, at: new Date() },
    );
    const [closed] = (await issueList(only({ status: "duplicate" }), null, listed.readers.aibek))
      .issues;
    expect(closed).toMatchObject({ id, payoutStatus: "rejected", approved: null, suggested: null });
  });

  test("offer a tester their own cycles and no names", async () => {
    await buildCycle({ name: "Nobody's" });
    const own = await issueFilterOptions(only({ tester: listed.dana.id }), listed.readers.aibek);
    expect(own.cycles.map(({ name }) => name)).toEqual(["Dollars", "Tenge"]);
    expect(own).toMatchObject({ testers: null, chosenTester: null });
    const all = await issueFilterOptions(only({ tester: listed.dana.id }), listed.readers.nazira);
    expect(all.cycles).toHaveLength(3);
    expect(all.testers?.map(({ name }) => name)).toEqual(["Aibek", "Dana"]);
    expect(all.chosenTester).toEqual({ id: listed.dana.id, name: "Dana" });
  });
});
