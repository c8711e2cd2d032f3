import { beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { countIn } from "~/domain/inbox-counts";
import type { Severity } from "~/domain/severity";
import type { InboxPlace, InboxScope } from "~/filters/triage-filter";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import { approveIssue, rejectIssue, undoDecision } from "./decision.server";
import { changeIssueStatus } from "./issue-status-change.server";
import {
  decidedSince,
  inboxCounts,
  inboxNeighbours,
  inboxPage,
  WHOLE_INBOX,
} from "./triage.server";
import { triagePage } from "./triage-page.server";

useTestDatabase();

type Id = { id: number };
const NOON = new Date("2026-05-03T12:00:00Z");
const minutes = (n: number) => new Date(NOON.getTime() + n * 60_000);

let admin: Id, tester: Id, akashi: Id, dala: Id;

/** Every test starts with an inbox of its own: what earlier ones left is closed away. */
beforeEach(async () => {
  await db().testCycle.updateMany({ where: { status: "open" }, data: { status: "archived" } });
  admin = await buildAdmin({ name: "Nazira" });
  tester = await buildTester({ name: "Aibek" });
  akashi = await buildCycle({ testers: [tester] });
  dala = await buildCycle({ testers: [tester] });
});

const file = (severity: Severity, at: Date, cycle = akashi) =>
  buildIssue({ tester, cycle, severity, at });

const nothing = { ...WHOLE_INBOX, issueId: null, after: null };
const act = () => ({ actorId: admin.id, at: new Date() });
const scope = (narrowed: Partial<InboxScope>): InboxScope => ({ ...WHOLE_INBOX, ...narrowed });
const listed = async (narrowed: Partial<InboxScope> = {}) =>
  (await inboxPage(scope(narrowed), null)).issues.map(({ id }) => id);

async function shuffledInbox(): Promise<number[]> {
  const low = await file("low", minutes(9));
  const critical = await file("critical", minutes(1));
  const older = await file("high", minutes(2), dala);
  const newer = await file("high", minutes(3));
  const [twin, otherTwin] = [
    await file("medium", minutes(5)),
    await file("medium", minutes(5), dala),
  ];
  return [critical, newer, older, otherTwin, twin, low].map(({ id }) => id);
}

describe("the list", () => {
  test("has the worst first, then the newest, and of those filed at once the later number", async () => {
    const expected = await shuffledInbox();
    expect(await listed()).toEqual(expected);
  });

  test("narrows by cycle, by severity, and by both", async () => {
    const [critical, newer, older, otherTwin, twin, low] = await shuffledInbox();
    expect(await listed({ cycleId: dala.id })).toEqual([older, otherTwin]);
    expect(await listed({ severity: "medium" })).toEqual([otherTwin, twin]);
    expect(await listed({ severity: "high", cycleId: akashi.id })).toEqual([newer]);
    expect(await listed({ severity: "low", cycleId: dala.id })).toEqual([]);
    expect(await listed({ cycleId: 2_147_483_647 })).toEqual([]);
    expect(await listed({ cycleId: akashi.id })).toEqual([critical, newer, twin, low]);
  });

  test("holds open, pending issues of open cycles and nothing else", async () => {
    const waits = await file("low", minutes(1));
    const [approved, rejected, started] = [
      await file("high", minutes(2)),
      await file("high", minutes(3)),
      await file("high", minutes(4)),
    ];
    await file("critical", minutes(5), dala);
    await db().testCycle.update({ where: { id: dala.id }, data: { status: "closed" } });
    await buildIssue({ tester, cycle: akashi, draft: true });
    await approveIssue({ issueId: approved.id }, act());
    await rejectIssue({ issueId: rejected.id, reason: "wont_fix" }, act());
    await changeIssueStatus({ issueId: started.id, to: "in_progress" }, act());
    expect(await listed()).toEqual([waits.id]);
    expect(countIn(await inboxCounts(), WHOLE_INBOX)).toBe(1);
  });

  test("shows what each would earn: the cycle's rate, the default, or nothing", async () => {
    const rates = { currency: "USD", critical: 6_000 } as const;
    const dollars = await buildCycle({ rates, testers: [tester] });
    await file("critical", minutes(1), dollars);
    await file("low", minutes(1), dollars);
    await file("low", minutes(0));
    const { issues } = await inboxPage(WHOLE_INBOX, null);
    expect(issues.map(({ suggested }) => suggested)).toEqual([
      { currency: "USD", amount: 6_000 },
      null,
      { currency: "KZT", amount: 100_000 },
    ]);
    expect(issues[0]).toMatchObject({ version: 1, tester: { id: tester.id, name: "Aibek" } });
  });

  test("pages without a gap or an overlap, also while the inbox shrinks", async () => {
    const expected = await shuffledInbox();
    for (const size of [1, 2, 4, 6, 7]) expect(await walk(size)).toEqual(expected);
    // What was decided on the way takes nothing from the pages to come.
    const first = await inboxPage(WHOLE_INBOX, null, 2);
    await approveIssue({ issueId: first.issues[1]?.id ?? 0 }, act());
    const rest = await inboxPage(WHOLE_INBOX, first.next, 10);
    expect(rest.issues.map(({ id }) => id)).toEqual(expected.slice(2));
  });
});

async function walk(size: number): Promise<number[]> {
  const ids: number[] = [];
  let after: InboxPlace | null = null;
  do {
    const page = await inboxPage(WHOLE_INBOX, after, size);
    ids.push(...page.issues.map(({ id }) => id));
    after = page.next;
  } while (after);
  return ids;
}

describe("the issue beside the list", () => {
  test("has its neighbours, and none beyond either end", async () => {
    const ids = await shuffledInbox();
    for (const [index, id] of ids.entries()) {
      expect(await inboxNeighbours(id, WHOLE_INBOX)).toMatchObject({
        previousId: ids[index - 1] ?? null,
        nextId: ids[index + 1] ?? null,
      });
    }
  });

  test("keeps its place once it is decided, and finds its neighbours within the filter", async () => {
    const [critical, newer, older, otherTwin] = await shuffledInbox();
    await approveIssue({ issueId: newer ?? 0 }, act());
    const there = { previousId: critical, nextId: older };
    expect(await inboxNeighbours(newer ?? 0, WHOLE_INBOX)).toMatchObject(there);
    const within = await inboxNeighbours(newer ?? 0, scope({ cycleId: dala.id }));
    expect(within).toMatchObject({ previousId: null, nextId: older });
    const medium = await inboxNeighbours(newer ?? 0, scope({ severity: "medium" }));
    expect(medium).toMatchObject({ previousId: null, nextId: otherTwin });
  });

  test("is the first by default; a draft and an unknown number are missing, the list is not", async () => {
    const ids = await shuffledInbox();
    const draft = await buildIssue({ tester, cycle: akashi, draft: true });
    expect(await triagePage(nothing, admin.id, NOON)).toMatchObject({
      selected: { id: ids[0] },
      missingId: null,
      total: 6,
    });
    for (const issueId of [draft.id, 2_147_483_647]) {
      const page = await triagePage({ ...nothing, issueId }, admin.id, NOON);
      expect(page).toMatchObject({ selected: null, missingId: issueId, total: 6 });
      expect(page.issues).toHaveLength(6);
    }
  });

  test("is shown as it stands when someone else has decided, and by whom", async () => {
    const { id } = await file("high", minutes(1));
    await rejectIssue({ issueId: id, reason: "cant_reproduce", note: "Which phone?" }, act());
    const { selected } = await triagePage({ ...nothing, issueId: id }, admin.id, NOON);
    const issue = { status: "cant_reproduce", payoutStatus: "rejected", version: 2 };
    expect(selected).toMatchObject(issue);
    expect(selected?.history.map(({ kind, by, reason, note }) => [kind, by, reason, note])).toEqual(
      [
        ["filed", "Aibek", null, null],
        ["rejected", "Nazira", "cant_reproduce", "Which phone?"],
      ],
    );
  });

  test("a page behind the end is the first one", async () => {
    const { id } = await file("low", minutes(1));
    const after = { severity: "low", filedAt: minutes(0), id: 1 } as const;
    const page = await triagePage({ ...WHOLE_INBOX, issueId: null, after }, admin.id, NOON);
    expect(page).toMatchObject({ selected: { id }, filter: { after: null } });
  });
});

test("an empty inbox tells what was decided today and still stands", async () => {
  const since = new Date();
  for (const n of [1, 2, 3])
    await approveIssue({ issueId: (await file("low", minutes(n))).id }, act());
  const undone = await approveIssue({ issueId: (await file("low", minutes(4))).id }, act());
  await undoDecision({ issueId: undone.id, version: undone.version }, act());
  await rejectIssue({ issueId: undone.id, reason: "rejected" }, act());
  expect(await decidedSince(since)).toEqual({ approved: 3, rejected: 1 });
  expect(await decidedSince(new Date(Date.now() + 60_000))).toEqual({ approved: 0, rejected: 0 });
  const page = await triagePage({ ...WHOLE_INBOX, issueId: null, after: null }, admin.id, since);
  expect(page).toMatchObject({ total: 0, selected: null, decidedToday: { approved: 3 } });
});
