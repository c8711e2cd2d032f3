import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { buildIssue } from "../../prisma/builders";
import type { Person } from "./signed-in.fixture";
import { buildInbox, buildTriagePeople, decide, hadEffect, list } from "./triage-inbox.fixture";

useTestDatabase();

let nazira: Person, sanzhar: Person, aibek: Person;
let cycle: { id: number };
let worst: number, next: number;

beforeAll(async () => {
  ({ nazira, sanzhar, aibek } = await buildTriagePeople());
});

beforeEach(async () => {
  ({ cycle, worst, next } = await buildInbox({ aibek, nazira }));
});

describe("the machine interface", () => {
  test("lists the inbox in the shape of DESIGN 6", async () => {
    const { name } = await db().testCycle.findUniqueOrThrow({ where: cycle });
    const answer = await (await list(nazira)).json();
    expect(answer).toEqual({
      total: 2,
      cycles: [{ id: cycle.id, name, issues: 2 }],
      issues: [
        {
          id: worst,
          version: 1,
          title: "Worst",
          severity: "critical",
          cycle: { id: cycle.id, name },
          tester: { id: aibek.id, name: "Aibek" },
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          suggested: { currency: "KZT", amount: 1_500_000 },
        },
        expect.objectContaining({ id: next }),
      ],
      next: null,
    });
    expect((await list(aibek)).status).toBe(403);
    expect((await list(nazira, "?cycle=x")).status).toBe(422);
    expect((await list(nazira, "?severity=huge")).status).toBe(422);
    expect((await list(nazira, "?after=x")).status).toBe(422);
    expect((await list(nazira, `?after=critical.9999999999999.${worst}`)).status).toBe(200);
  });

  test("approves and rejects, and names the next", async () => {
    const note = "Thank you";
    const asked = { issueId: worst, decision: "approve", expectedAmount: 1_500_000, version: 1 };
    expect(await (await decide(nazira, { ...asked, note })).json()).toEqual({
      issueId: worst,
      status: "triaged",
      payoutStatus: "approved",
      amount: 1_500_000,
      currency: "KZT",
      next,
    });
    const rejection = { issueId: next, decision: "reject", reason: "wont_fix" };
    expect(await (await decide(nazira, rejection)).json()).toEqual({
      issueId: next,
      status: "wont_fix",
      payoutStatus: "rejected",
      amount: null,
      currency: null,
      next: null,
    });
  });

  test.each([
    [409, { decision: "approve", version: 7 }],
    [409, { decision: "approve", expectedAmount: 1 }],
    [404, { decision: "approve", issueId: 2_147_483_647 }],
    [422, { decision: "approve", amount: 0 }],
    [422, { decision: "approve", amount: -1 }],
    [422, { decision: "approve", amount: 1.5 }],
    [422, { decision: "approve", amount: 1_000_000_001 }],
    [422, { decision: "approve", amount: "1500000" }],
    [422, { decision: "approve", amount: null }],
    [422, { decision: "reject" }],
    [422, { decision: "reject", reason: "lazy" }],
    [422, { decision: "reject", reason: "duplicate", duplicateOf: 2_147_483_647 }],
    [422, { decision: "reject", reason: "rejected", note: "x".repeat(2_001) }],
    [422, { decision: "pay" }],
    [422, { decision: "approve", issueId: "1; DROP" }],
  ])("answers %i to %j, with no effect", async (status, asked) => {
    const effect = await hadEffect(async () => {
      expect((await decide(nazira, { issueId: worst, ...asked })).status).toBe(status);
    });
    expect(effect).toBe(false);
  });

  test("asks for an amount where nothing is suggested, and for another admin for one's own", async () => {
    const rates = { payout_rates: { currency: "USD" } };
    await db().testCycle.update({ where: cycle, data: { metadata: rates } });
    expect((await decide(nazira, { issueId: worst, decision: "approve" })).status).toBe(422);
    const own = await buildIssue({ tester: nazira, cycle });
    const asked = { issueId: own.id, decision: "approve", amount: 100 };
    expect((await decide(nazira, asked)).status).toBe(403);
    expect((await decide(aibek, asked)).status).toBe(403);
    expect((await decide(sanzhar, asked)).status).toBe(200);
  });
});
