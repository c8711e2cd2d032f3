import type { IssueStatus } from "./issue-status";
import type { Severity } from "./severity";

/** A cycle as SQL counts it: every figure of a summary and of a report comes from here. */
export type CycleFacts = {
  readonly bySeverity: readonly SeverityFacts[];
  /** The worst and newest of them, as many as a model is told of. */
  readonly issues: readonly FactIssue[];
};

export type SeverityFacts = {
  readonly severity: Severity;
  /** All but drafts. */
  readonly filed: number;
  /** Payout approved or paid. */
  readonly accepted: number;
  readonly rejected: number;
  /** Payout pending. */
  readonly undecided: number;
  /** The defect is neither fixed nor closed. */
  readonly unfixed: number;
};

export type FactIssue = {
  readonly id: number;
  readonly severity: Severity;
  readonly status: IssueStatus;
};

export type SeverityCount = { readonly severity: Severity; readonly issues: number };

type Count = Exclude<keyof SeverityFacts, "severity">;

export function total({ bySeverity }: CycleFacts, of: Count): number {
  return bySeverity.reduce((sum, facts) => sum + facts[of], 0);
}

/** The issues of an area by severity, worst first, without those that have none. */
export function countBySeverity(
  { issues, bySeverity }: CycleFacts,
  issueIds: readonly number[],
): SeverityCount[] {
  const ids = new Set(issueIds);
  return bySeverity.flatMap(({ severity }) => {
    const count = issues.filter((issue) => ids.has(issue.id) && issue.severity === severity).length;
    return count > 0 ? [{ severity, issues: count }] : [];
  });
}
