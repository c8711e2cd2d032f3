/** Many decisions at once: how each row is judged, and what such a post says (DESIGN 3, 4). */
import type { PayoutStatus } from "./payout-status";
import type { IssueStatus, NegativeClosing } from "./issue-status";
import { approve, type IssueMove, type IssueState, rejectPayout } from "./issue-move";
import { type Currency, type Money, sameMoney, sumByCurrency } from "./money";
import { cycleCurrency, type PayoutRates, suggestedAmountCentsFor } from "./rates";
import type { Severity } from "./severity";

/** The page's view of the issue: `version` as it was shown; undefined accepts any. */
export type ShownRow = { readonly issueId: number; readonly version?: number | undefined };

export type ApproveRow = ShownRow & {
  /** The suggestion that the page showed; null: none. Another one now, also in currency, is refused. */
  readonly expected: Money | null;
  /** Minor units of the cycle's currency, instead of the suggestion; the only way where there is none. */
  readonly amount?: number | undefined;
  /** The currency that the box for `amount` stood beside. */
  readonly currency?: Currency | undefined;
};

/** An issue under its lock, with its cycle's rates. `heldBy`: the prepared batch that holds it. */
export type BulkIssue = {
  readonly id: number;
  readonly testerId: number;
  readonly version: number;
  readonly severity: Severity;
  readonly state: IssueState;
  readonly payoutRates: PayoutRates;
  readonly heldBy: number | null;
};

export type RowProblem =
  | "unknown"
  | "own_issue"
  | "in_batch"
  | "decided_before"
  | "stale"
  | "suggestion_changed"
  | "no_suggestion"
  | "amount"
  | "is_original";

export type Judgement =
  | { readonly ok: true; readonly move: IssueMove & { readonly ok: true } }
  | { readonly ok: false; readonly problem: RowProblem };

/** What became of one row of a bulk decision, and how the issue stands now. */
export type RowOutcome = {
  readonly issueId: number;
  readonly title: string | null;
  readonly outcome: "decided" | RowProblem;
  /** What the page showed: the suggestion. */
  readonly expected: Money | null;
  /** What is: the approved amount, or else the suggestion. */
  readonly actual: Money | null;
  readonly status: IssueStatus | null;
  readonly payoutStatus: PayoutStatus | null;
  readonly version: number | null;
  /** Of the last thing that happened to it: who, null for the import, and when. Only told of problems. */
  readonly by: string | null;
  readonly at: Date | null;
  readonly batchId: number | null;
};

/** May this row be approved, and to what does that lead? An issue that nobody filed yet is unknown to an admin. */
export function judgeApproval(
  issue: BulkIssue | undefined,
  row: ApproveRow,
  by: { readonly actorId: number; readonly note: string | null },
): Judgement {
  if (!issue || issue.state.status === "draft") return problem("unknown");
  if (issue.testerId === by.actorId) return problem("own_issue");
  const changed = changeOf(issue, row);
  if (changed) return problem(changed);
  const suggested = suggestedAmountCentsFor(issue, issue.severity);
  const currency = cycleCurrency(issue.payoutRates);
  if (!sameMoney(suggested, row.expected) || (row.currency ?? currency) !== currency) {
    return problem("suggestion_changed");
  }
  const money = row.amount === undefined ? suggested : { currency, amount: row.amount };
  if (money === null) return problem("no_suggestion");
  return judged(approve(issue.state, { money, note: by.note }));
}

/** May this row be rejected? The issue that the others repeat is not among them. */
export function judgeRejection(
  issue: BulkIssue | undefined,
  row: ShownRow,
  why: {
    readonly reason: NegativeClosing;
    readonly note: string | null;
    readonly duplicateOf?: number | undefined;
  },
): Judgement {
  if (!issue || issue.state.status === "draft") return problem("unknown");
  if (issue.id === why.duplicateOf) return problem("is_original");
  const changed = changeOf(issue, row);
  return changed ? problem(changed) : judged(rejectPayout(issue.state, why));
}

/** Approves at the suggestion, or null: one's own issues and those without a suggestion stay out (DESIGN 4). */
export function judgeMatching(
  issue: BulkIssue,
  by: { readonly actorId: number; readonly note: string | null },
): (IssueMove & { readonly ok: true }) | null {
  const expected = suggestedAmountCentsFor(issue, issue.severity);
  const judgement = judgeApproval(issue, { issueId: issue.id, expected }, by);
  return judgement.ok ? judgement.move : null;
}

/** Per currency, what these moves commit. Throws RangeError when a sum is not a safe integer. */
export function committedBy(moves: Iterable<IssueMove & { readonly ok: true }>): Money[] {
  return sumByCurrency([...moves].flatMap(({ next }) => next.approved ?? []));
}

export function sameTotals(a: readonly Money[], b: readonly Money[]): boolean {
  return a.length === b.length && a.every((money) => b.some((other) => sameMoney(money, other)));
}

function changeOf(issue: BulkIssue, row: ShownRow): RowProblem | null {
  if (issue.heldBy !== null) return "in_batch";
  if (issue.state.payoutStatus !== "pending") return "decided_before";
  return row.version !== undefined && row.version !== issue.version ? "stale" : null;
}

function judged(move: IssueMove): Judgement {
  if (move.ok) return { ok: true, move };
  return problem(move.problem.startsWith("amount_") ? "amount" : "decided_before");
}

function problem(code: RowProblem): Judgement {
  return { ok: false, problem: code };
}

/** The posts that decide many issues, as posted, before anything is looked up. */
export type BulkPost =
  | {
      readonly intent: "approve";
      readonly mode: BulkMode;
      readonly rows: readonly ApproveRow[];
      readonly note: string | null;
    }
  | {
      readonly intent: "reject";
      readonly mode: BulkMode;
      readonly rows: readonly ShownRow[];
      readonly reason: NegativeClosing;
      readonly note: string | null;
      readonly duplicateOf: number | null;
    }
  | {
      readonly intent: "approve_matching";
      readonly filter: Readonly<Record<string, string | number | null>>;
      readonly asOf: Date;
      readonly expected: Matching;
      readonly note: string | null;
    };

/** `all`: one row that cannot be decided stops everything. `each`: the others are decided. */
export type BulkMode = "all" | "each";

/** What "all that match" would approve: how many issues, and what that commits per currency. */
export type Matching = { readonly count: number; readonly totals: readonly Money[] };

/**
 * A canonical description of a post, to be hashed: the same for the same content in any order, another one for any
 * other content (DESIGN 5).
 */
export function bulkContent(post: BulkPost): string {
  switch (post.intent) {
    case "approve":
      return JSON.stringify([
        post.intent,
        post.mode,
        post.note,
        unordered(post.rows.map(approveRowContent)),
      ]);
    case "reject":
      return JSON.stringify([
        ...[post.intent, post.mode, post.reason, post.note, post.duplicateOf],
        unordered(post.rows.map((row) => [row.issueId, row.version ?? null])),
      ]);
    case "approve_matching":
      return JSON.stringify([
        ...[post.intent, post.asOf.getTime(), post.expected.count, post.note],
        unordered(post.expected.totals.map(moneyContent)),
        unordered(Object.entries(post.filter).filter(([, value]) => value !== null)),
      ]);
  }
}

function approveRowContent({
  issueId,
  version,
  expected,
  amount,
  currency,
}: ApproveRow): unknown[] {
  return [
    issueId,
    version ?? null,
    expected && moneyContent(expected),
    amount ?? null,
    currency ?? null,
  ];
}

const moneyContent = ({ currency, amount }: Money) => [currency, amount];

/** As JSON texts, so that nothing typed can look like structure, sorted by code unit. */
function unordered(entries: readonly unknown[]): string[] {
  return entries.map((entry) => JSON.stringify(entry)).sort();
}
