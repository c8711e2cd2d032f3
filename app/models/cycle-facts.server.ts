import { createHash } from "node:crypto";
import { db } from "~/database/client.server";
import type { CycleFacts, FactIssue, SeverityFacts } from "~/domain/cycle-facts";
import { SEVERITIES } from "~/domain/severity";
import { MOST_SENT_ISSUES } from "~/domain/suggestion";

type FoundIssue = FactIssue & { readonly title: string };

export type FoundFacts = {
  readonly facts: CycleFacts;
  /** Of the issues in the facts, by their place there. */
  readonly titles: readonly string[];
};

/** A cycle as it stands: its figures, and its worst and newest issues. */
export async function cycleFacts(cycleId: number): Promise<FoundFacts> {
  const [counts, found] = await Promise.all([countsOf(cycleId), issuesOf(cycleId)]);
  const bySeverity = SEVERITIES.map(
    (severity) => counts.find((count) => count.severity === severity) ?? { severity, ...NONE },
  );
  const issues = found.map(({ title: _, ...issue }) => issue);
  return { facts: { bySeverity, issues }, titles: found.map(({ title }) => title) };
}

const NONE = { filed: 0, accepted: 0, rejected: 0, undecided: 0, unfixed: 0 };

function countsOf(cycleId: number): Promise<SeverityFacts[]> {
  return db().$queryRaw<SeverityFacts[]>`
    SELECT severity, count(*)::int AS filed,
           count(*) FILTER (WHERE payout_status IN ('approved', 'paid'))::int AS accepted,
           count(*) FILTER (WHERE payout_status = 'rejected')::int AS rejected,
           count(*) FILTER (WHERE payout_status = 'pending')::int AS undecided,
           count(*) FILTER (WHERE status IN ('open', 'triaged', 'in_progress'))::int AS unfixed
      FROM issues WHERE cycle_id = ${cycleId} AND status <> 'draft' GROUP BY severity`;
}

function issuesOf(cycleId: number): Promise<FoundIssue[]> {
  return db().issue.findMany({
    where: { cycleId, status: { not: "draft" } },
    orderBy: [{ severity: "desc" }, { filedAt: "desc" }, { id: "desc" }],
    take: MOST_SENT_ISSUES,
    select: { id: true, severity: true, status: true, title: true },
  });
}

/** What a summary in this language is about: another standing or title is another content. */
export function factsHash({ facts, titles }: FoundFacts, locale: string): string {
  return createHash("sha256")
    .update(JSON.stringify([facts, titles, locale]))
    .digest("hex");
}
