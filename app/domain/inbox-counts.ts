import type { Severity } from "./severity";

/** What waits for triage in one cycle at one severity: enough to count every filter, alone and together. */
export type InboxCount = {
  readonly cycleId: number;
  readonly cycleName: string;
  readonly severity: Severity;
  readonly issues: number;
};

/** How many issues a filter leaves; null means all. */
export function countIn(
  counts: readonly InboxCount[],
  { cycleId, severity }: { readonly cycleId: number | null; readonly severity: Severity | null },
): number {
  return counts
    .filter((count) => cycleId === null || count.cycleId === cycleId)
    .filter((count) => severity === null || count.severity === severity)
    .reduce((sum, { issues }) => sum + issues, 0);
}

/** The cycles that have something in the inbox, in the order given, with how much of that severity. */
export function inboxCycles(
  counts: readonly InboxCount[],
  severity: Severity | null = null,
): { id: number; name: string; issues: number }[] {
  const names = new Map(counts.map((count) => [count.cycleId, count.cycleName]));
  return [...names].map(([id, name]) => ({
    id,
    name,
    issues: countIn(counts, { cycleId: id, severity }),
  }));
}
