import { randomUUID } from "node:crypto";
import { db } from "~/database/client.server";
import { Refusal, type RefusalReason } from "~/domain/refusal";

export type Id = { id: number };

/** Noon in Almaty on that day of May 2026. */
export const may = (day: number) => new Date(Date.UTC(2026, 4, day, 7));
export const by = (person: Id, day = 2) => ({ actorId: person.id, at: may(day) });
export const asTester = (person: Id) => ({ id: person.id, role: "tester" }) as const;
export const asAdmin = (person: Id) => ({ id: person.id, role: "admin" }) as const;

export const filingIn = (cycle: Id, more: object = {}) => ({
  key: randomUUID(),
  cycleId: cycle.id,
  severity: "high" as const,
  title: "Payment fails",
  body: "1. Pay",
  draft: false,
  ...more,
});

/** The code of the Refusal that it ends with. */
export async function refusal(promise: Promise<unknown>): Promise<RefusalReason["code"]> {
  const error: unknown = await promise.then(
    () => "not refused",
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw error;
  return error.reason.code;
}

/** What a refused act must leave as it was. */
export async function rows() {
  const [issues, events] = await Promise.all([db().issue.count(), db().issueEvent.count()]);
  return { issues, events };
}
