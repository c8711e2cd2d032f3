import { randomUUID } from "node:crypto";
import { Refusal } from "~/domain/refusal";
import { isSeverity } from "~/domain/severity";
import { filingCycles } from "./filing-cycles.server";
import type { Act } from "./issue-change.server";
import { fileOnce } from "./issue-filing-once.server";
import type { Picture } from "./screenshot-picture.server";

type Kept = {
  /** As they were posted: anything. */
  readonly typed: { readonly cycleId: string; readonly severity: string };
  readonly title: string;
  readonly body: string;
  /** Of the form, if it is one. */
  readonly key: string | null;
  readonly pictures: readonly Picture[];
};

/**
 * Puts pictures that came with a form which could not be filed into a draft, so that nobody has to send them again over
 * a bad line. What the form left open is filled with what costs nobody anything; the form that is shown again says what
 * was really typed. Null when there is no cycle to keep it in.
 */
export async function keepAsDraft(kept: Kept, act: Act): Promise<number | null> {
  const cycles = (await filingCycles(act.actorId)).filter(({ takesIssues }) => takesIssues);
  const cycle = cycles.find(({ id }) => String(id) === kept.typed.cycleId) ?? cycles[0];
  if (!cycle) return null;
  const { severity } = kept.typed;
  const { title, body, pictures } = kept;
  const draft = {
    ...{ title, body, pictures, draft: true },
    cycleId: cycle.id,
    severity: isSeverity(severity) ? severity : ("low" as const),
  };
  try {
    const { id, asPosted } = await fileOnce({ ...draft, key: kept.key ?? randomUUID() }, act);
    if (asPosted) return id;
    // That form has filed an issue before: this is another one.
    return (await fileOnce({ ...draft, key: randomUUID() }, act)).id;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
