import { db } from "~/database/client.server";
import { byName } from "~/domain/name-order";
import { mayDo } from "~/domain/permission";
import type { IssueFilter } from "~/filters/issue-filter";
import type { IssueReader } from "./issue-conditions.server";
import { ownCycleIds } from "./own-cycles.server";

/** A longer list of names is no choice but a download; the names in the list of issues are links instead. */
const MOST_TESTERS = 200;

export type FilterOption = { readonly id: number; readonly name: string };

export type IssueFilterOptions = {
  readonly cycles: readonly FilterOption[];
  /** Null for testers, and when there are too many to choose from. */
  readonly testers: readonly FilterOption[] | null;
  /** Whom the filter names, also when there are too many to list; null for testers. */
  readonly chosenTester: FilterOption | null;
};

/** What the reader can filter by: testers know the cycles they are or were in, and nobody else's name. */
export async function issueFilterOptions(
  filter: IssueFilter,
  { id: userId, role }: IssueReader,
): Promise<IssueFilterOptions> {
  const seesAll = mayDo(role, "seeEverybodysIssues");
  const [cycles, testers, chosenTester] = await Promise.all([
    db().testCycle.findMany({
      where: seesAll ? {} : { id: { in: await ownCycleIds(userId) } },
      select: { id: true, name: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    }),
    seesAll ? allTesters() : null,
    seesAll && filter.tester !== null
      ? db().user.findUnique({ where: { id: filter.tester }, select: { id: true, name: true } })
      : null,
  ]);
  return { cycles: cycles.sort(byName), testers, chosenTester };
}

/** Whom an admin can filter payments by, with whoever is filtered by already. */
export async function testersToChoose(
  chosenId: number | null,
): Promise<Pick<IssueFilterOptions, "testers" | "chosenTester">> {
  const select = { id: true, name: true } as const;
  const [testers, chosenTester] = await Promise.all([
    allTesters(),
    chosenId === null ? null : db().user.findUnique({ where: { id: chosenId }, select }),
  ]);
  const isListed = testers?.some(({ id }) => id === chosenId) ?? true;
  // An admin who files issues is paid too, and is no tester by role.
  return {
    testers: testers && chosenTester && !isListed ? [...testers, chosenTester] : testers,
    chosenTester,
  };
}

async function allTesters(): Promise<FilterOption[] | null> {
  const testers = await db().user.findMany({
    where: { role: "tester" },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MOST_TESTERS + 1,
  });
  return testers.length > MOST_TESTERS ? null : testers.sort(byName);
}
