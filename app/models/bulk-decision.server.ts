import { randomUUID } from "node:crypto";
import type { Tx } from "~/database/transaction.server";
import {
  type ApproveRow,
  type BulkMode,
  type BulkPost,
  committedBy,
  judgeApproval,
  judgeMatching,
  judgeRejection,
  type Matching,
  type RowOutcome,
  sameTotals,
  type ShownRow,
} from "~/domain/bulk-decision";
import { MAX_CHOICES } from "~/domain/choice";
import type { NegativeClosing } from "~/domain/issue-status";
import type { Money } from "~/domain/money";
import { refuse } from "~/domain/refusal";
import type { ReviewFilter } from "~/filters/review-filter";
import { lockIssuesById, lockIssuesWhere, type LockedBulkIssue } from "./bulk-lock.server";
import { type JudgedRow, outcomesOf, problemsOf } from "./bulk-outcome.server";
import { type BulkMove, bulkOfKey, type BulkRecord, writeBulk } from "./bulk-record.server";
import { requireOriginal } from "./decision.server";
import type { Act } from "./issue-change.server";
import { keyedTransaction } from "./keyed-transaction.server";
import { reviewCondition } from "./review-conditions.server";

type Common = {
  readonly note?: string | null | undefined;
  readonly mode: BulkMode;
  /** The one-time key of the form; without it a second post is another decision. */
  readonly key?: string | undefined;
};
export type BulkApproval = Common & {
  readonly intent: "approve";
  readonly rows: readonly ApproveRow[];
};
export type BulkRejection = Common & {
  readonly intent: "reject";
  readonly rows: readonly ShownRow[];
  readonly reason: NegativeClosing;
  /** The issue that all of them repeat. */
  readonly duplicateOf?: number | undefined;
};
export type BulkDecision = BulkApproval | BulkRejection;

export type BulkResult = {
  /** Null: there was nothing left to decide. */
  readonly bulkId: number | null;
  /** The same post had succeeded before, and nothing was done now. */
  readonly replayed: boolean;
  /** How many issues were decided, and what that commits per currency. */
  readonly count: number;
  readonly totals: readonly Money[];
  /** One for each row, in the order in which they were posted. */
  readonly outcomes: readonly RowOutcome[];
};

/**
 * Approves or rejects up to 10,000 issues in one transaction, each by the rules of a single decision, with one event
 * each. Mode "all" decides all or nothing; "each" decides what can be, and says of the others why not.
 * Throws Refusal: choice_invalid; in mode "all" also own_issue and decisions_changed; not_found when `duplicateOf`
 * names no issue; key_reused. Throws OutcomeUnknown.
 */
export async function decideMany(decision: BulkDecision, act: Act): Promise<BulkResult> {
  checkRows(decision.rows);
  const keyed = { key: decision.key ?? randomUUID(), post: postOf(decision) };
  return keyedTransaction(async (tx) => {
    const locked = await lockIssuesById(
      tx,
      decision.rows.map((row) => row.issueId),
    );
    const before = await bulkOfKey(tx, keyed, act.actorId);
    const judged = await judgeRows(tx, decision, locked, act);
    if (before) return { ...before, outcomes: await outcomesOf(tx, judged, before.bulkId) };
    if (decision.mode === "all") await refuseProblems(tx, judged);
    const moves = judged.flatMap(legalMove);
    if (moves.length === 0) return { ...NOTHING, outcomes: await outcomesOf(tx, judged, null) };
    const record = await writeBulk(tx, keyed, moves, act);
    return { ...record, outcomes: await outcomesOf(tx, judged, record.bulkId) };
  });
}

const NOTHING = { bulkId: null, replayed: false, count: 0, totals: [] };

function checkRows(rows: readonly ShownRow[]): void {
  if (rows.length === 0) refuse({ code: "choice_invalid", problem: "none" });
  if (rows.length > MAX_CHOICES) refuse({ code: "choice_invalid", problem: "too_many" });
  if (new Set(rows.map((row) => row.issueId)).size < rows.length) {
    refuse({ code: "choice_invalid", problem: "duplicate" });
  }
}

function postOf(decision: BulkDecision): BulkPost {
  const { mode } = decision;
  const note = decision.note ?? null;
  if (decision.intent === "approve") return { intent: "approve", mode, note, rows: decision.rows };
  const { rows, reason, duplicateOf = null } = decision;
  return { intent: "reject", mode, note, rows, reason, duplicateOf };
}

async function judgeRows(
  tx: Tx,
  decision: BulkDecision,
  locked: readonly LockedBulkIssue[],
  act: Act,
): Promise<JudgedRow[]> {
  const byId = new Map(locked.map((issue) => [issue.id, issue]));
  if (decision.intent === "approve") {
    const by = { actorId: act.actorId, note: decision.note ?? null };
    return decision.rows.map((row) => {
      const issue = byId.get(row.issueId);
      return { row, issue, judgement: judgeApproval(issue, row, by) };
    });
  }
  // The issue itself is among the rows, if at all, and judged there: 0 is no issue's number.
  if (decision.duplicateOf !== undefined) await requireOriginal(tx, 0, decision.duplicateOf);
  const why = { ...decision, note: decision.note ?? null };
  return decision.rows.map((row) => {
    const issue = byId.get(row.issueId);
    return { row, issue, judgement: judgeRejection(issue, row, why) };
  });
}

function legalMove({ issue, judgement }: JudgedRow): BulkMove[] {
  return issue && judgement.ok ? [{ issue, move: judgement.move }] : [];
}

async function refuseProblems(tx: Tx, judged: readonly JudgedRow[]): Promise<void> {
  const own = judged.filter(({ judgement: j }) => !j.ok && j.problem === "own_issue");
  if (own.length > 0) refuse({ code: "own_issue", issueIds: own.map(({ row }) => row.issueId) });
  const changes = await problemsOf(tx, judged);
  if (changes.length === 0) return;
  const valid = judged.flatMap(({ row, judgement }) => (judgement.ok ? [row.issueId] : []));
  refuse({ code: "decisions_changed", changes, valid });
}

export type MatchingApproval = {
  readonly filter: ReviewFilter;
  /** IANA, for the filter's dates. */
  readonly zone: string;
  /** When the page was made: issues filed later stay out. */
  readonly asOf: Date;
  /** What the page showed. */
  readonly expected: Matching;
  readonly note?: string | null | undefined;
  readonly key: string;
};

/**
 * Approves everything that waits for a decision and matches the filter, at the suggested amounts, in one transaction;
 * one's own issues and those without a suggestion stay out (DESIGN 4).
 * Throws Refusal: choice_invalid, matching_changed, key_reused; OutcomeUnknown.
 */
export async function approveAllMatching(
  approval: MatchingApproval,
  act: Act,
): Promise<BulkRecord> {
  const { filter, zone, asOf, expected, key } = approval;
  if (expected.count === 0) refuse({ code: "choice_invalid", problem: "none" });
  const note = approval.note ?? null;
  const keyed = {
    key,
    post: { intent: "approve_matching", filter, asOf, expected, note } as const,
  };
  return keyedTransaction(async (tx) => {
    const condition = reviewCondition(filter, {
      asOf,
      zone,
      viewerId: act.actorId,
      own: "without",
    });
    const locked = await lockIssuesWhere(tx, condition);
    const before = await bulkOfKey(tx, keyed, act.actorId);
    if (before) return before;
    const moves = locked.flatMap((issue): BulkMove[] => {
      const move = judgeMatching(issue, { actorId: act.actorId, note });
      return move ? [{ issue, move }] : [];
    });
    const actual = { count: moves.length, totals: committedBy(moves.map(({ move }) => move)) };
    if (actual.count !== expected.count || !sameTotals(actual.totals, expected.totals)) {
      refuse({ code: "matching_changed", expected, actual });
    }
    return writeBulk(tx, keyed, moves, act);
  });
}
