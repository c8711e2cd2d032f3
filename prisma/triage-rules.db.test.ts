/** What the database refuses by itself about ready-made notes and the original of a duplicate. */
import { describe, expect, test } from "vitest";
import { sqlState } from "~/database/errors";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { rejectIssue } from "~/models/decision.server";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "./builders";

useTestDatabase();

const stateOf = (work: Promise<unknown>) => work.then(() => null, sqlState);
const CHECK_VIOLATION = "23514";

describe("a ready-made note", () => {
  const add = (reason: string, text: string) => db().$executeRaw`
    INSERT INTO note_templates (reason, text) VALUES (${reason}::issue_status, ${text})`;

  test("belongs to a reason of a rejection, and says something", async () => {
    expect(await stateOf(add("duplicate", "Seen before"))).toBe(null);
    expect(await stateOf(add("fixed", "Seen before"))).toBe(CHECK_VIOLATION);
    expect(await stateOf(add("duplicate", " \n"))).toBe(CHECK_VIOLATION);
    expect(await stateOf(add("duplicate", "x".repeat(501)))).toBe(CHECK_VIOLATION);
  });
});

describe("the original of a duplicate", () => {
  test("is a number, of another issue, told with that reason", async () => {
    const aibek = await buildTester({ name: "Aibek" });
    const nazira = await buildAdmin({ name: "Nazira" });
    const { id } = await buildIssue({
      tester: aibek,
      cycle: await buildCycle({ testers: [aibek] }),
    });
    await rejectIssue({ issueId: id, reason: "wont_fix" }, { actorId: nazira.id, at: new Date() });
    const tell = (reason: string, detail: string) => db().$executeRaw`
      INSERT INTO issue_events (issue_id, version, kind, from_status, to_status, from_payout_status,
                                to_payout_status, reason, detail)
      VALUES (${id}, 3, 'rejected', 'wont_fix', 'duplicate', 'rejected', 'rejected', ${reason}, ${detail}::jsonb)`;
    expect(await stateOf(tell("wont_fix", '{"duplicateOf": 12}'))).toBe(CHECK_VIOLATION);
    expect(await stateOf(tell("duplicate", '{"duplicateOf": "12"}'))).toBe(CHECK_VIOLATION);
    expect(await stateOf(tell("duplicate", `{"duplicateOf": ${id}}`))).toBe(CHECK_VIOLATION);
    // Past this rule, to the next one: no such change happened to the issue.
    expect(await stateOf(tell("duplicate", '{"duplicateOf": 999999}'))).toBe("TY004");
  });
});
