import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import { leaveMoneySound } from "./doctor.fixture";
import { decide, decideOnce, type TriageDecision } from "./triage-decision.server";

useTestDatabase();
leaveMoneySound();

type Id = { id: number };
let nazira: Id, sanzhar: Id, issueId: number;

beforeAll(async () => {
  [nazira, sanzhar] = [await buildAdmin({ name: "Nazira" }), await buildAdmin({ name: "Sanzhar" })];
});

beforeEach(async () => {
  const tester = await buildTester({ name: "Aibek" });
  const cycle = await buildCycle({ testers: [tester] });
  issueId = (await buildIssue({ tester, cycle, severity: "high" })).id;
});

const by = ({ id }: Id) => ({ actorId: id, at: new Date() });
const approval = (more: object) =>
  ({ intent: "approve", issueId, version: 1, currency: "KZT", ...more }) as const;
const rejection = () => ({ intent: "reject", issueId, version: 1, reason: "wont_fix" }) as const;
const suggested = { expectedAmount: 800_000 };

async function eventKinds() {
  const events = await db().issueEvent.findMany({
    where: { issueId },
    orderBy: { version: "asc" },
  });
  return events.map(({ kind }) => kind);
}

describe("20 decisions on one issue at once", () => {
  const outcomes = async (asked: (n: number) => TriageDecision, run: typeof decide) =>
    Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => run(asked(n), by(n % 2 ? nazira : sanzhar))),
    );
  const counted = (all: PromiseSettledResult<unknown>[]) =>
    all.filter((r) => r.status === "fulfilled");
  const either = (n: number) => (n % 3 ? approval({ amount: 1_000 + n }) : rejection());

  test("make exactly one event, and the others are told who was faster", async () => {
    const all = await outcomes(either, decide);
    expect(counted(all)).toHaveLength(1);
    for (const result of all)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ message: "stale" });
    expect(await eventKinds()).toHaveLength(2);
  });

  test("without a version, too: what is decided is no longer pending", async () => {
    const all = await outcomes((n) => ({ ...either(n), version: undefined }), decide);
    expect(counted(all)).toHaveLength(1);
    expect(await eventKinds()).toHaveLength(2);
  });

  test("of one form by one admin are that decision, twenty times", async () => {
    const all = await outcomes(
      () => approval(suggested),
      (asked) => decideOnce(asked, by(nazira)),
    );
    expect(counted(all)).toHaveLength(20);
    expect(await eventKinds()).toEqual(["filed", "approved"]);
  });
});
