import { db } from "~/database/client.server";
import { answerOf, visit } from "~/http/visit.fixture";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import * as listing from "./api.admin.triage";
import * as deciding from "./api.admin.triage_.decide";
import * as page from "./app.admin.triage";
import { type Person, signedIn } from "./signed-in.fixture";

export type Form = Record<string, string>;

export const PATH = "/app/admin/triage";

/** Two admins, and the tester whose reports they decide. */
export async function buildTriagePeople() {
  return {
    nazira: await signedIn(buildAdmin, "Nazira"),
    sanzhar: await signedIn(buildAdmin, "Sanzhar"),
    aibek: await signedIn(buildTester, "Aibek"),
  };
}

/** A new cycle with two issues by `aibek`; whatever waited before is in the inbox no more. */
export async function buildInbox({ aibek, nazira }: { aibek: Person; nazira: Person }) {
  await db().testCycle.updateMany({ where: { status: "open" }, data: { status: "archived" } });
  const cycle = await buildCycle({ name: `Cycle ${Math.random()}`, testers: [aibek, nazira] });
  const worst = await buildIssue({ tester: aibek, cycle, severity: "critical", title: "Worst" });
  const next = await buildIssue({ tester: aibek, cycle, severity: "low", title: "Next" });
  return { cycle, worst: worst.id, next: next.id };
}

export const open = (who: Person, query = "") =>
  answerOf(page.loader(visit(PATH + query, { session: who.session })));
export const postTriage = (who: Person, form: Form, query: string) =>
  answerOf(page.action(visit(PATH + query, { session: who.session, form })));
export const list = (who: Person, query = "") =>
  answerOf(listing.loader(visit(`/api/admin/triage${query}`, { session: who.session })));
export const decide = (who: Person, json: unknown) =>
  answerOf(deciding.action(visit("/api/admin/triage/decide", { session: who.session, json })));

/** Runs it, and says whether anything at all was written. */
export async function hadEffect(work: () => Promise<unknown>): Promise<boolean> {
  const before = await db().issueEvent.count();
  await work();
  return (await db().issueEvent.count()) !== before;
}
