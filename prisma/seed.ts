import { db } from "~/database/client.server";
import { addDays, dateInZone, startOfDateInZone } from "~/domain/team-date";
import { approveIssue, rejectIssue } from "~/models/decision.server";
import { changeIssueStatus } from "~/models/issue-status-change.server";
import { hashPassword } from "~/models/password.server";
import { reversePayment, voidPayment } from "~/models/reversal.server";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildTester,
} from "./builders";
import type { DemoFate, DemoIssue } from "./demo-issues";
import { DEMO_BATCHES, DEMO_CYCLES, DEMO_PASSWORD, DEMO_PEOPLE, DEMO_REPORTS } from "./demo-story";

type Filed = { readonly id: number; readonly fate: DemoFate; readonly tester: string };
type Ids = ReadonlyMap<string, { id: number }>;

/** Days ago, at that hour of the team's day. The story is told back from today, so that its ages stay believable. */
type Clock = (daysAgo: number, hour: number) => Date;

function clockFrom(now: Date): Clock {
  const today = dateInZone(now, BUILDER_ZONE);
  return (daysAgo, hour) => {
    const midnight = startOfDateInZone(addDays(today, -daysAgo), BUILDER_ZONE);
    return new Date(midnight.getTime() + hour * 3_600_000);
  };
}

function of(ids: Ids, key: string): { id: number } {
  const found = ids.get(key);
  if (!found) throw new Error(`The demo story names ${key}, whom it never introduced.`);
  return found;
}

async function seedPeople(): Promise<Ids> {
  const people = new Map<string, { id: number }>();
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  for (const person of DEMO_PEOPLE) {
    const build = person.role === "admin" ? buildAdmin : buildTester;
    people.set(person.email, await build({ ...person, passwordHash }));
  }
  return people;
}

async function seedCycles(people: Ids): Promise<Ids> {
  const cycles = new Map<string, { id: number }>();
  for (const { key, name, rates } of DEMO_CYCLES) {
    const testers = [...new Set(DEMO_REPORTS.filter((r) => r.cycle === key).map((r) => r.by))];
    cycles.set(
      key,
      await buildCycle({ name, rates, testers: testers.map((by) => of(people, by)) }),
    );
  }
  return cycles;
}

async function fileAndDecide(
  demo: DemoIssue,
  filed: { id: number },
  admin: { id: number },
  at: Date,
) {
  const { fate } = demo;
  const act = { actorId: admin.id, at };
  if (fate.is === "draft" || fate.is === "awaiting") return;
  if (fate.is === "reviewing") {
    await changeIssueStatus({ issueId: filed.id, to: fate.status }, act);
  } else if (fate.is === "rejected") {
    await rejectIssue({ issueId: filed.id, reason: fate.reason, note: fate.note }, act);
  } else {
    await approveIssue({ issueId: filed.id }, act);
  }
}

async function seedIssues(people: Ids, cycles: Ids, clock: Clock): Promise<Filed[]> {
  const admin = of(people, "nazira@example.com");
  const all: Filed[] = [];
  for (const report of DEMO_REPORTS) {
    const [tester, cycle] = [of(people, report.by), of(cycles, report.cycle)];
    for (const [index, demo] of report.issues.entries()) {
      const daysAgo = report.filedDaysAgo - index;
      const filed = await buildIssue({
        tester,
        cycle,
        severity: demo.severity,
        title: demo.title,
        body: demoBody(demo),
        draft: demo.fate.is === "draft",
        at: clock(daysAgo, 9 + (index % 8)),
      });
      await fileAndDecide(demo, filed, admin, clock(Math.max(daysAgo - 1, 0), 8));
      all.push({ id: filed.id, fate: demo.fate, tester: report.by });
    }
  }
  return all;
}

function demoBody({ title, severity }: DemoIssue): string {
  return [
    "Steps",
    "1. Sign in as a new user on an Android phone (360 px, Chrome).",
    `2. Do what the title says: ${title.charAt(0).toLowerCase()}${title.slice(1)}.`,
    "",
    "Expected: it works as described in the release notes.",
    `Actual: it does not. Seen three times out of three; I rate it ${severity}.`,
  ].join("\n");
}

function paidIn(filed: readonly Filed[], batch: string): Filed[] {
  return filed.filter(({ fate }) => "batch" in fate && fate.batch === batch);
}

const idsOf = (filed: readonly Filed[]) => filed.map((issue) => issue.id);

async function seedPayments(people: Ids, filed: readonly Filed[], clock: Clock): Promise<void> {
  const admin = of(people, "nazira@example.com");
  const bounced = filed.filter(({ fate }) => fate.is === "bounced and paid again");
  for (const { key, daysAgo, method, reference } of DEMO_BATCHES) {
    const again = key === "second" ? bounced : [];
    const issueIds = idsOf([...paidIn(filed, key), ...again]);
    await buildPaidBatch({ admin, issueIds, method, reference, at: clock(daysAgo, 15) });
    if (key !== "first") continue;
    for (const issueId of idsOf(bounced)) {
      const [kind, reason] = ["bounced", "The bank sent it back: the account was closed."] as const;
      const at = clock(daysAgo - 2, 11);
      const on = dateInZone(at, BUILDER_ZONE);
      await reversePayment({ issueId, kind, reason, on }, { actorId: admin.id, at });
    }
  }
  for (const issueId of idsOf(filed.filter(({ fate }) => fate.is === "void"))) {
    const at = clock(30, 12);
    await voidPayment(
      {
        issueId,
        money: "returned",
        reason: "Filed twice by two testers; Dana sent the money back.",
        on: dateInZone(at, BUILDER_ZONE),
      },
      { actorId: admin.id, at },
    );
  }
}

/** Whether there is nobody in the database yet: only then is the demo story told. */
export async function seedIfEmpty(now = new Date()): Promise<boolean> {
  if ((await db().user.count()) > 0) return false;
  const clock = clockFrom(now);
  const people = await seedPeople();
  const cycles = await seedCycles(people);
  const filed = await seedIssues(people, cycles, clock);
  await seedPayments(people, filed, clock);
  return true;
}
