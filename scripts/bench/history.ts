import { type ManyIssues, writeManyIssues } from "../../prisma/many-issues";
import type { BenchCluster } from "./bench-cluster";

/**
 * The same team with the same work waiting, after a month and after years: whatever a page shows is as much in both, so
 * that what differs is what history costs. A thousand issues are undecided and a thousand approved and unpaid.
 */
const SMALL: ManyIssues = { issues: 10_000, testers: 2_000, cycles: 500, waiting: 1_000 };
const HISTORIES = { small: SMALL, large: { ...SMALL, issues: 1_000_000 } };

/** The files that write it; when one of them changes, it is written anew. */
const MADE_BY = ["prisma/many-issues.ts", "prisma/many-payments.ts", "scripts/bench/history.ts"];

/** Sees that the databases `small` and `large` are there, with 10,000 and 1,000,000 issues. For reading, or to copy. */
export async function keepHistories(cluster: BenchCluster): Promise<void> {
  for (const [name, size] of Object.entries(HISTORIES))
    await cluster.keep(name, MADE_BY, (superuser) => writeManyIssues(superuser, size));
}
