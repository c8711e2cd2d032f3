import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { Refusal } from "~/domain/refusal";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import { approveIssue, undoDecision } from "./decision.server";
import { issueView } from "./issue.server";
import { changeSeverity } from "./severity-change.server";

useTestDatabase();

type Id = { id: number };
let nazira: Id, aibek: Id, cycle: Id, issueId: number;

beforeAll(async () => {
  nazira = await buildAdmin({ name: "Nazira" });
  aibek = await buildTester({ name: "Aibek" });
  cycle = await buildCycle({ testers: [aibek] });
});

beforeEach(async () => {
  issueId = (await buildIssue({ tester: aibek, cycle, severity: "high" })).id;
});

const act = () => ({ actorId: nazira.id, at: new Date() });
const seen = async (id = issueId) => issueView(id, { id: nazira.id, role: "admin" });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Refusal ? error.reason.code : error),
  );

describe("correcting the severity", () => {
  test("is an event, and the suggestion follows", async () => {
    const changed = await changeSeverity({ issueId, version: 1, to: "low" }, act());
    expect(changed).toMatchObject({ version: 2, state: { payoutStatus: "pending" } });
    expect(await seen()).toMatchObject({ severity: "low", suggested: { amount: 100_000 } });
    expect((await seen())?.history.at(-1)).toMatchObject({
      kind: "severity_changed",
      by: "Nazira",
      change: { from: "high", to: "low" },
    });
  });

  test("to what it is writes nothing", async () => {
    await changeSeverity({ issueId, version: 1, to: "high" }, act());
    expect(await seen()).toMatchObject({ version: 1 });
  });

  test("is refused on another version, and from approval on until that is undone", async () => {
    expect(await codeOf(changeSeverity({ issueId, version: 2, to: "low" }, act()))).toBe("stale");
    await approveIssue({ issueId }, act());
    expect(await codeOf(changeSeverity({ issueId, version: 2, to: "low" }, act()))).toBe("illegal");
    await undoDecision({ issueId, version: 2 }, act());
    await changeSeverity({ issueId, version: 3, to: "low" }, act());
    expect(await db().issueEvent.count({ where: { issueId } })).toBe(4);
  });

  test("of a draft is its writer's business", async () => {
    const draft = await buildIssue({ tester: aibek, cycle, draft: true });
    const change = { issueId: draft.id, version: 1, to: "low" } as const;
    expect(await codeOf(changeSeverity(change, act()))).toBe("illegal");
  });
});
