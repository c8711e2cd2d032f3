import { db } from "~/database/client.server";
import type { Severity } from "~/domain/severity";
import { approveIssue } from "~/models/decision.server";
import { buildCycle, buildIssue } from "../prisma/builders";
import { newAdmin, newTester, type Person } from "./fixtures";

export type Team = {
  readonly admin: Person;
  readonly testers: readonly Person[];
  readonly cycle: { id: number };
};

/** An admin, and testers of one new cycle who can be sent money by Kaspi. */
export async function newTeam(...names: readonly string[]): Promise<Team> {
  const admin = await newAdmin("Nazira");
  const testers: Person[] = [];
  for (const name of names) testers.push(await newTester(name, { kaspiPhone: "+77015550100" }));
  return { admin, testers, cycle: await buildCycle({ testers }) };
}

/** Issues of this tester, approved by the team's admin at the default rate. */
export async function approvedIssues(
  { admin, cycle }: Team,
  tester: Person,
  severities: readonly Severity[],
): Promise<number[]> {
  const ids: number[] = [];
  for (const severity of severities) {
    const { id } = await buildIssue({ tester, cycle, severity });
    await approveIssue({ issueId: id }, { actorId: admin.id, at: new Date() });
    ids.push(id);
  }
  return ids;
}

/** Σ payments and reversals of a tester in tenge, minor units, straight from the table. */
export async function paidTo(tester: Person): Promise<bigint> {
  const { _sum: sums } = await db().payment.aggregate({
    where: { testerId: tester.id, currency: "KZT" },
    _sum: { amount: true },
  });
  return sums.amount ?? 0n;
}
