import { randomUUID } from "node:crypto";
import { db } from "~/database/client.server";
import { answerOf, visit } from "~/http/visit.fixture";
import * as one from "./app.issues.$id";
import * as fresh from "./app.issues.new";
import type { Person } from "./signed-in.fixture";

export type Form = Record<string, string>;
export type Answer = { errors: Form; values: Form; intent?: string };

export const file = (who: Person, form: Form) =>
  answerOf(fresh.action(visit("/app/issues/new", { session: who.session, form })));
export const postTo = (id: string, who: Person, form: Form) =>
  answerOf(one.action(visit(`/app/issues/${id}`, { session: who.session, form, params: { id } })));

/** The form of a new issue, filled in well. */
export const goodForm = (cycle: { id: number }) => ({
  intent: "file",
  key: randomUUID(),
  cycleId: String(cycle.id),
  severity: "high",
  // Nothing that looks like what another test has filed.
  title: randomUUID(),
  body: "1. Pay",
});

/** Runs it, and says whether anything at all was written. */
export async function hadEffect(work: () => Promise<unknown>): Promise<boolean> {
  const count = () =>
    Promise.all([db().issue.count(), db().issueEvent.count(), db().payment.count()]);
  const before = await count();
  await work();
  return JSON.stringify(await count()) !== JSON.stringify(before);
}
