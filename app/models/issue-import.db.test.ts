import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import {
  countOf,
  countRows,
  csv,
  exampleCells,
  importPath,
  importText,
  manyRows,
} from "./issue-import-example";
import { approveIssue } from "./decision.server";
import { createUser } from "./user.server";

useTestDatabase();

const ECLIPSE = "../shared/data/eclipse-issues.csv";

const INBOX = `SELECT count(*) FROM issues i JOIN test_cycles c ON c.id = i.cycle_id
  WHERE i.status = 'open' AND i.payout_status = 'pending' AND c.status = 'open'`;
const PENDING_REVIEW = `SELECT count(*) FROM issues WHERE payout_status = 'pending' AND status <> 'draft'`;
const REJECTED = `SELECT count(*) FROM issues WHERE payout_status = 'rejected'`;

async function issueOf(externalId: string) {
  return db().issue.findUniqueOrThrow({ where: { externalId }, include: { events: true } });
}

describe("2,000 rows", () => {
  const content = csv(manyRows(2_000));
  const mine = "external_id LIKE 'MANY-%'";

  it("are announced by a dry run, which changes nothing", async () => {
    const before = await countRows();
    const { summary, findings } = await importText(content, { dryRun: true });
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ read: 2_000, imported: 2_000, bad: 0 });
    expect(summary).toMatchObject({ cyclesCreated: 7, testersCreated: 400 });
    expect(await countRows()).toEqual(before);
  });

  it("are imported, with cycles, testers and the side effects of their status", async () => {
    const { summary, findings } = await importText(content);
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ read: 2_000, imported: 2_000, cyclesCreated: 7 });
    expect(await countOf(`SELECT count(*) FROM issues WHERE ${mine}`)).toBe(2_000);
    expect(await countOf(INBOX)).toBe(200);
    expect(await countOf(PENDING_REVIEW)).toBe(1_200);
    expect(await countOf(REJECTED)).toBe(800);
    expect(await countOf(`SELECT count(*) FROM test_cycles WHERE status = 'open'`)).toBe(7);
    expect(await countOf(`SELECT count(*) FROM users WHERE password_hash IS NULL`)).toBe(400);
    const members = "SELECT count(DISTINCT (cycle_id, tester_id)) FROM issues";
    expect(await countOf("SELECT count(*) FROM cycle_testers")).toBe(await countOf(members));
    const events = "SELECT sum(version) AS count FROM issues";
    expect(await countOf("SELECT count(*) FROM issue_events")).toBe(await countOf(events));
  });

  it("keep their text, their dates and, within a chunk, the order of the file", async () => {
    const issue = await issueOf("MANY-3");
    expect(issue).toMatchObject({
      title: 'Крэш №3, "quoted", and a comma',
      status: "duplicate",
      payoutStatus: "rejected",
      version: 2,
      createdAt: new Date("2026-05-01T10:00:00Z"),
      filedAt: new Date("2026-05-01T10:00:00Z"),
    });
    expect(issue.body.split("\n")[2]).toBe('2. "Pay"');
    expect(issue.events[1]).toMatchObject({
      kind: "status_changed",
      reason: "duplicate",
      actorId: null,
      at: new Date("2026-06-01T10:00:00Z"),
    });
    // Two chunks are written at once, and share the numbers that they take.
    const disordered = `SELECT count(*) FROM (
      SELECT id, lag(id) OVER (ORDER BY substr(external_id, 6)::int) AS before
        FROM issues WHERE ${mine} AND substr(external_id, 6)::int < 1000) AS i WHERE before > id`;
    expect(await countOf(disordered)).toBe(0);
  });

  it("change nothing when they are imported again", async () => {
    const before = await countRows();
    const { summary, findings } = await importText(content);
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ read: 2_000, imported: 0, alreadyThere: 2_000 });
    expect(await countRows()).toEqual(before);
  });

  it("are told apart from what the file says anew, whatever admins did meanwhile", async () => {
    const admin = await createUser({ name: "Admin", email: "admin@example.com", role: "admin" });
    const open = await issueOf("MANY-4");
    await approveIssue({ issueId: open.id }, { actorId: admin.id, at: new Date() });
    const rows = manyRows(2_000).map((row) =>
      row.external_id === "MANY-7"
        ? { ...row, severity: "critical", status: "open", resolved_at: "" }
        : row,
    );
    const before = await countRows();
    const { summary, findings } = await importText(csv(rows));
    expect(summary).toMatchObject({ alreadyThere: 1_999, differing: 1, imported: 0 });
    expect(findings).toEqual([
      {
        kind: "differs",
        line: expect.any(Number) as number,
        externalId: "MANY-7",
        differences: [
          { field: "severity", imported: '"medium"', file: '"critical"' },
          { field: "status", imported: '"rejected"', file: '"open"' },
          { field: "resolved_at", imported: '"2026-06-01T10:00:00.000Z"', file: "nothing" },
          { field: "payout_status", imported: '"rejected"', file: '"pending"' },
        ],
      },
    ]);
    expect(await countRows()).toEqual(before);
  });
});

describe("an import that is interrupted", () => {
  const rows = manyRows(2_500).map((row) => ({ ...row, external_id: `INT-${row.external_id}` }));

  it("goes on from there", async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const first = await importText(csv(rows), { signal: controller.signal, onProgress });
    // The two chunks that were under way.
    expect(first.summary.imported).toBe(2_000);
    expect(await countOf(`SELECT count(*) FROM issues WHERE external_id LIKE 'INT-%'`)).toBe(2_000);
    const second = await importText(csv(rows));
    expect(second.summary).toMatchObject({ imported: 500, alreadyThere: 2_000, bad: 0 });
    expect(await countOf(`SELECT count(*) FROM issues WHERE external_id LIKE 'INT-%'`)).toBe(2_500);
  });

  it("takes turns with another one of the same file", async () => {
    const twice = rows.map((row) => ({ ...row, external_id: `TWICE-${row.external_id}` }));
    const both = await Promise.all([importText(csv(twice)), importText(csv(twice))]);
    const sum = (what: "imported" | "alreadyThere") =>
      both.reduce((total, { summary }) => total + summary[what], 0);
    expect(sum("imported")).toBe(2_500);
    expect(sum("alreadyThere")).toBe(2_500);
    expect(both.flatMap(({ findings }) => findings)).toEqual([]);
  });
});

describe("the Eclipse bug list", () => {
  it.runIf(existsSync(ECLIPSE))(
    "comes in whole",
    async () => {
      const before = await countRows();
      const counts = async () => ({
        inbox: await countOf(INBOX),
        pending: await countOf(PENDING_REVIEW),
        rejected: await countOf(REJECTED),
      });
      const earlier = await counts();
      const { summary, findings } = await importPath(ECLIPSE);
      expect(findings).toEqual([]);
      expect(summary).toMatchObject({ read: 17_011, imported: 17_011 });
      const now = await counts();
      expect(now.inbox - earlier.inbox).toBe(1_240);
      expect(now.pending - earlier.pending).toBe(11_592);
      expect(now.rejected - earlier.rejected).toBe(5_419);
      const after = await countRows();
      expect((after.test_cycles ?? 0) - (before.test_cycles ?? 0)).toBe(35);
      expect((after.issues ?? 0) - (before.issues ?? 0)).toBe(17_011);
      expect((after.users ?? 0) - (before.users ?? 0)).toBe(3_474);
      const second = await importPath(ECLIPSE);
      expect(second.summary).toMatchObject({ imported: 0, alreadyThere: 17_011 });
      expect(await countRows()).toEqual(after);
    },
    180_000,
  );
});

describe("rows that the database alone refuses", () => {
  it("are reported one by one, and the others are imported", async () => {
    await db()
      .$executeRaw`ALTER TABLE issues ADD CONSTRAINT only_in_this_test CHECK (title <> 'No') NOT VALID`;
    const title = (number: number) => (number === 17 || number === 40 ? "No" : `Yes ${number}`);
    const rows = Array.from({ length: 50 }, (_, number) =>
      exampleCells(number, { external_id: `HALF-${number}`, title: title(number) }),
    );
    const { summary, findings } = await importText(csv(rows));
    await db().$executeRaw`ALTER TABLE issues DROP CONSTRAINT only_in_this_test`;
    expect(summary).toMatchObject({ read: 50, imported: 48, bad: 2 });
    expect(findings.map(({ line, externalId }) => [line, externalId])).toEqual([
      [19, "HALF-17"],
      [42, "HALF-40"],
    ]);
    expect(findings[0]).toMatchObject({ problems: [{ code: "database_refused" }] });
    expect(await countOf(`SELECT count(*) FROM issues WHERE external_id LIKE 'HALF-%'`)).toBe(48);
  });
});
