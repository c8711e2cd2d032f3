/**
 * Legal states of the money loop, made by plain SQL alone: no Prisma, no models, no domain code. Every builder takes
 * what a broken program would write instead, so that a test names the one thing that is wrong.
 */
import type pg from "pg";
import { type Columns, type Connected, insert, insertOne, one, update } from "./rules-sql";

export const ISSUE_STATUSES = [
  ...["draft", "open", "triaged", "in_progress", "fixed", "closed"],
  ...["duplicate", "rejected", "cant_reproduce", "wont_fix"],
];
export const NEGATIVE_CLOSINGS = ["duplicate", "rejected", "cant_reproduce", "wont_fix"];
export const PAYOUT_STATUSES = ["pending", "approved", "rejected", "paid", "void"];
const COMMITTED = ["approved", "paid", "void"];

export type World = Connected & {
  readonly admin: number;
  readonly otherAdmin: number;
  readonly tester: number;
  readonly otherTester: number;
  readonly cycle: number;
  readonly otherCycle: number;
};

type Row = { readonly id: number };
export type IssueRow = Row & {
  readonly tester_id: number;
  readonly status: string;
  readonly payout_status: string;
  readonly approved_amount: string | null;
  readonly approved_currency: string | null;
  readonly version: number;
};
export type TransferRow = Row & {
  readonly batch_id: number;
  readonly tester_id: number;
  readonly currency: string;
  readonly method: string | null;
  readonly reference: string | null;
  readonly paid_on: string | null;
  readonly left_out_at: Date | null;
};
export type ItemRow = {
  readonly transfer_id: number;
  readonly issue_id: number;
  readonly batch_id: number;
  readonly tester_id: number;
  readonly currency: string;
  readonly amount: string;
};

export async function makeWorld<Sql extends pg.ClientBase>(
  sql: Sql,
): Promise<World & { readonly sql: Sql }> {
  const world = { sql };
  const person = (name: string, role: string) =>
    insertOne(world, "users", { name, email: `${name}@example.com`, role });
  return {
    sql,
    admin: await person("nazira", "admin"),
    otherAdmin: await person("admin", "admin"),
    tester: await person("aibek", "tester"),
    otherTester: await person("dana", "tester"),
    cycle: await insertOne(world, "test_cycles", { name: "Hackorda" }),
    otherCycle: await insertOne(world, "test_cycles", { name: "Akashi" }),
  };
}

export function issueRow(world: Connected, id: number): Promise<IssueRow> {
  return one<IssueRow>(world, "SELECT * FROM issues WHERE id = $1", id);
}

/** A new issue, open unless it says "draft", with its first event; `event: null` writes none. */
export async function file(
  world: World,
  change: { readonly issue?: Columns; readonly event?: Columns | null } = {},
): Promise<number> {
  const status = change.issue?.status ?? "open";
  const issueId = await insertOne(world, "issues", {
    cycle_id: world.cycle,
    tester_id: world.tester,
    severity: "high",
    title: "Payment fails",
    status,
    filed_at: status === "draft" ? null : "2026-05-01T09:00:00Z",
    ...change.issue,
  });
  if (change.event === null) return issueId;
  await insert(world, "issue_events", {
    issue_id: issueId,
    version: 1,
    kind: "filed",
    actor_id: world.tester,
    to_status: status,
    to_payout_status: "pending",
    ...change.event,
  });
  return issueId;
}

/** One change of an issue with its event. What is not said stays as it is. */
export type Step = {
  readonly kind: string;
  readonly status?: string;
  readonly payout?: string;
  /** Minor units, on approval and on a change of the amount. */
  readonly amount?: number;
  readonly reason?: string;
  readonly note?: string;
  readonly batch?: number;
  /** What a broken program writes instead; `event: null` writes no event. */
  readonly issue?: Columns;
  readonly event?: Columns | null;
};

export async function move(world: World, issueId: number, step: Step): Promise<void> {
  const before = await issueRow(world, issueId);
  const issue = issueAfter(world, before, step);
  const event = eventOf(world, before, issue, step);
  await update(world, "issues", issueId, { ...issue, ...step.issue });
  if (step.event !== null) await insert(world, "issue_events", { ...event, ...step.event });
}

function issueAfter(world: World, before: IssueRow, step: Step): Columns {
  const payout = step.payout ?? before.payout_status;
  const status = step.status ?? before.status;
  const submitted = before.status === "draft" && status !== "draft";
  return {
    ...{ version: before.version + 1, status, payout_status: payout },
    ...(submitted ? { filed_at: "2026-05-01T09:00:00Z" } : {}),
    ...(COMMITTED.includes(payout) ? commitment(world, before, step) : NO_COMMITMENT),
  };
}

const NO_COMMITMENT: Columns = {
  ...{ approved_amount: null, approved_currency: null },
  ...{ approved_at: null, approved_by: null },
};

function commitment(world: World, before: IssueRow, step: Step): Columns {
  const currency = before.approved_currency ?? "KZT";
  const kept = { approved_amount: before.approved_amount ?? 1000, approved_currency: currency };
  if (before.approved_amount !== null && step.amount === undefined) return kept;
  const who = { approved_at: "2026-05-02T09:00:00Z", approved_by: world.admin };
  return { ...kept, ...who, approved_amount: step.amount ?? 1000 };
}

function eventOf(world: World, before: IssueRow, issue: Columns, step: Step): Columns {
  return {
    issue_id: before.id,
    version: before.version + 1,
    kind: step.kind,
    actor_id: step.kind === "submitted" ? before.tester_id : world.admin,
    from_status: before.status,
    to_status: step.status ?? before.status,
    from_payout_status: before.payout_status,
    to_payout_status: step.payout ?? before.payout_status,
    amount: issue.approved_amount ?? before.approved_amount,
    currency: issue.approved_currency ?? before.approved_currency,
    reason: step.reason ?? null,
    note: step.note ?? null,
    batch_id: step.batch ?? null,
  };
}

// The legal moves of DESIGN 3. A closing is both the new status and the reason.
export const approve = (status = "triaged"): Step => ({
  kind: "approved",
  payout: "approved",
  status,
});
export const setStatus = (status: string): Step => ({
  ...{ kind: "status_changed", status },
  ...(NEGATIVE_CLOSINGS.includes(status) ? { reason: status } : {}),
});
export const undo = (status: string): Step => ({ kind: "undone", payout: "pending", status });
export const voidIt: Step = { kind: "voided", payout: "void", reason: "Filed for the wrong team" };
export const changeAmount: Step = { kind: "amount_changed", amount: 700, note: "Agreed by phone" };
export const edit: Step = { kind: "edited", issue: { title: "Payment fails on Safari" } };
export const reopen = (status = "open"): Step => ({ ...setStatus(status), payout: "pending" });

export const reject = (reason = "duplicate", status = reason): Step => ({
  ...{ kind: "rejected", payout: "rejected" },
  ...{ status, reason },
});

export const closeNegative = (status = "duplicate"): Step => ({
  ...setStatus(status),
  payout: "rejected",
});
