import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { buildAdmin, buildCycle, buildTester } from "../../prisma/builders";
import { approveIssue } from "./decision.server";
import { leaveMoneySound } from "./doctor.fixture";
import { filingCycles } from "./filing-cycles.server";
import { asAdmin, asTester, by, filingIn, type Id, may, refusal, rows } from "./issue-acts.fixture";
import { editIssue, submitIssue } from "./issue-filing.server";
import { fileOnce } from "./issue-filing-once.server";
import { issueView } from "./issue.server";

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

const filing = (more: object = {}) => filingIn(cycle, more);

describe("filing", () => {
  test("a double tap, twenty times at once, files once", async () => {
    const before = await rows();
    const twice = filing();
    const answers = await Promise.all(Array.from({ length: 20 }, () => fileOnce(twice, by(aibek))));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.every(({ asPosted }) => asPosted)).toBe(true);
    expect(await rows()).toEqual({ issues: before.issues + 1, events: before.events + 1 });
  });

  test("the same form with another text after it has filed is not taken for the same", async () => {
    const first = filing();
    const { id } = await fileOnce(first, by(aibek));
    const before = await rows();
    const again = { ...first, title: "Something else" };
    expect(await fileOnce(again, by(aibek))).toEqual({ id, asPosted: false });
    expect(await rows()).toEqual(before);
    expect(await issueView(id, asTester(aibek))).toMatchObject({ title: "Payment fails" });
  });

  test("Back from a saved draft: saving changes it, filing files it", async () => {
    const first = filing({ draft: true, title: "" });
    const { id } = await fileOnce(first, by(aibek));
    await fileOnce({ ...first, title: "Found a title" }, by(aibek));
    expect(await issueView(id, asTester(aibek))).toMatchObject({
      title: "Found a title",
      status: "draft",
    });
    const filed = await fileOnce({ ...first, title: "Payment fails", draft: false }, by(aibek));
    expect(filed).toEqual({ id, asPosted: true });
    expect(await issueView(id, asTester(aibek))).toMatchObject({
      title: "Payment fails",
      status: "open",
    });
  });

  test("the same key of another tester is another form", async () => {
    const both = await buildCycle({ testers: [aibek, dana] });
    const shared = filing({ cycleId: both.id });
    const [one, two] = await Promise.all([fileOnce(shared, by(aibek)), fileOnce(shared, by(dana))]);
    expect(one?.id).not.toBe(two?.id);
  });

  test("only in an open cycle that the tester is in; refused, nothing is written", async () => {
    const closed = await buildCycle({ testers: [aibek] });
    await db().testCycle.update({ where: { id: closed.id }, data: { status: "closed" } });
    const before = await rows();
    expect(await refusal(fileOnce(filing({ cycleId: closed.id }), by(aibek)))).toBe("cycle_closed");
    expect(await refusal(fileOnce(filing(), by(dana)))).toBe("not_found");
    expect(await refusal(fileOnce(filing({ cycleId: 2_000_000_000 }), by(aibek)))).toBe(
      "not_found",
    );
    expect(await rows()).toEqual(before);
    expect(await filingCycles(dana.id)).toEqual([]);
    expect((await filingCycles(aibek.id)).map(({ id }) => id)).toEqual([cycle.id]);
    expect(await filingCycles(aibek.id, closed.id)).toMatchObject([
      { id: closed.id, takesIssues: false },
      { id: cycle.id, takesIssues: true },
    ]);
  });
});

describe("a draft and what comes after it", () => {
  test("is edited, submitted, edited once more, and left alone from the approval on", async () => {
    const { id } = await fileOnce(filing({ draft: true }), by(aibek, 1));
    const text = { issueId: id, cycleId: cycle.id, severity: "low" as const, body: "" };
    await editIssue({ ...text, title: "Draft, better" }, by(aibek, 2));
    await submitIssue({ ...text, title: "Filed" }, by(aibek, 3));
    await editIssue({ ...text, severity: "critical", title: "Filed, better" }, by(aibek, 4));
    expect(await issueView(id, asTester(aibek))).toMatchObject({
      title: "Filed, better",
      severity: "low",
      status: "open",
      filedAt: may(3),
    });
    await approveIssue({ issueId: id }, by(nazira, 5));
    const before = await rows();
    expect(await refusal(editIssue({ ...text, title: "Too late" }, by(aibek)))).toBe("illegal");
    expect(await refusal(submitIssue({ ...text, title: "Again" }, by(aibek)))).toBe("illegal");
    expect(await rows()).toEqual(before);
    expect(await issueView(id, asAdmin(nazira))).toMatchObject({ title: "Filed, better" });
  });

  test("cannot be submitted into a cycle that has closed, and keeps its text", async () => {
    const { id } = await fileOnce(filing({ draft: true }), by(aibek));
    await db().testCycle.update({ where: { id: cycle.id }, data: { status: "closed" } });
    const edit = { ...filing(), issueId: id, title: "New title" };
    expect(await refusal(submitIssue(edit, by(aibek)))).toBe("cycle_closed");
    expect(await issueView(id, asTester(aibek))).toMatchObject({ title: "Payment fails" });
  });
});
