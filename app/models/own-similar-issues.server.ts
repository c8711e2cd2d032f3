import { db } from "~/database/client.server";
import type { IssueStatus } from "~/domain/issue-status";
import { titleLikeness } from "~/domain/title-likeness";

export type SimilarIssue = {
  readonly id: number;
  readonly title: string;
  readonly status: IssueStatus;
  readonly filedAt: Date | null;
};

/** Of titleLikeness: fewer pieces in common is rather another bug in the same place. */
const LOOKS_THE_SAME = 0.45;
const MOST_OFFERED = 3;
/** The newest of the tester in that cycle: nobody repeats what they wrote a thousand reports ago. */
const MOST_COMPARED = 1_000;

type Asked = {
  readonly title: string;
  readonly testerId: number;
  readonly cycleId: number;
  /** The issue itself, once it is a draft; and whatever its form has filed already. */
  readonly issueId: number | null;
  readonly key: string | null;
};

/**
 * The tester's own filed issues of that cycle whose titles look the same, the likest first. Nobody else's: what others
 * filed is not theirs to see.
 */
export async function ownSimilarIssues(asked: Asked): Promise<SimilarIssue[]> {
  const { title, testerId, cycleId, issueId, key } = asked;
  const issues = await db().issue.findMany({
    where: {
      ...{ testerId, cycleId, status: { not: "draft" } },
      ...(issueId === null ? {} : { id: { not: issueId } }),
      ...(key === null ? {} : { OR: [{ filingKey: null }, { filingKey: { not: key } }] }),
    },
    select: { id: true, title: true, status: true, filedAt: true },
    orderBy: [{ filedAt: "desc" }, { id: "desc" }],
    take: MOST_COMPARED,
  });
  return issues
    .map((issue) => ({ issue, likeness: titleLikeness(title, issue.title) }))
    .filter(({ likeness }) => likeness >= LOOKS_THE_SAME)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST_OFFERED)
    .map(({ issue }) => issue);
}
