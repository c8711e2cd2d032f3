import { db } from "~/database/client.server";
import { type Tx, transaction } from "~/database/transaction.server";
import { type BuiltinNote, builtinNote } from "~/domain/builtin-note";
import { isNegativeClosing, NEGATIVE_CLOSINGS, type NegativeClosing } from "~/domain/issue-status";
import { refuse } from "~/domain/refusal";
import { recordAudit } from "./audit.server";
import type { Act } from "./issue-change.server";

/** A note that an admin would write again and again, for one reason of a rejection. */
export type NoteTemplate = {
  readonly id: number;
  readonly reason: NegativeClosing;
  readonly text: string;
  /** It came with the app: shown in the language of whoever reads it, instead of `text`. */
  readonly builtin: BuiltinNote | null;
};

const FACTS = { id: true, reason: true, text: true, builtin: true } as const;

/** All of them, in the order of the reasons and then the team's own. */
export async function noteTemplates(): Promise<NoteTemplate[]> {
  const rows = await db().noteTemplate.findMany({
    orderBy: [{ position: "asc" }, { id: "asc" }],
    select: FACTS,
  });
  return NEGATIVE_CLOSINGS.flatMap((reason) =>
    rows
      .filter((row) => row.reason === reason)
      .map((row) => ({ ...row, reason, builtin: builtinNote(row.builtin) })),
  );
}

/** Null when somebody removed it meanwhile. */
export async function noteTemplate(id: number): Promise<NoteTemplate | null> {
  const row = await db().noteTemplate.findUnique({ where: { id }, select: FACTS });
  if (!row || !isNegativeClosing(row.reason)) return null;
  return { ...row, reason: row.reason, builtin: builtinNote(row.builtin) };
}

/** Adds one behind those of its reason. The same text for the same reason again adds nothing. */
export function addNoteTemplate(
  { reason, text }: Pick<NoteTemplate, "reason" | "text">,
  act: Act,
): Promise<void> {
  return transaction(async (tx) => {
    if ((await tx.noteTemplate.count({ where: { reason, text } })) > 0) return;
    const { _max: last } = await tx.noteTemplate.aggregate({
      where: { reason },
      _max: { position: true },
    });
    await tx.noteTemplate.create({ data: { reason, text, position: (last.position ?? 0) + 1 } });
    await tell(tx, act, { change: "added", reason, text });
  });
}

/** In the team's own words from now on, for readers of every language. Throws Refusal `not_found` when it was removed. */
export function rewriteNoteTemplate(
  { id, text }: { readonly id: number; readonly text: string },
  act: Act,
): Promise<void> {
  return transaction(async (tx) => {
    const { reason, text: before } = await lockTemplate(tx, id);
    if (before === text) return;
    const data = { text, builtin: null };
    await tx.noteTemplate.update({ where: { id }, data, select: { id: true } });
    await tell(tx, act, { change: "rewritten", reason, text, before });
  });
}

/** One place up within its reason; the first stays. Throws Refusal `not_found`. */
export function raiseNoteTemplate(id: number, act: Act): Promise<void> {
  return transaction(async (tx) => {
    const { reason, text } = await lockTemplate(tx, id);
    const ids = await idsInOrder(tx, reason);
    const at = ids.indexOf(id);
    if (at < 1) return;
    ids.splice(at - 1, 2, id, ...ids.slice(at - 1, at));
    // Numbered anew, whatever the positions were.
    for (const [index, each] of ids.entries()) {
      await tx.noteTemplate.update({ where: { id: each }, data: { position: index + 1 } });
    }
    await tell(tx, act, { change: "raised", reason, text });
  });
}

/** Removing what is gone already changes nothing. */
export function removeNoteTemplate(id: number, act: Act): Promise<void> {
  return transaction(async (tx) => {
    const [gone] = await tx.noteTemplate.findMany({ where: { id } });
    if (!gone) return;
    await tx.noteTemplate.delete({ where: { id }, select: { id: true } });
    await tell(tx, act, { change: "removed", reason: gone.reason, text: gone.text });
  });
}

async function lockTemplate(
  tx: Tx,
  id: number,
): Promise<{ reason: NegativeClosing; text: string }> {
  const [row] = await tx.$queryRaw<{ reason: NegativeClosing; text: string }[]>`
    SELECT reason, text FROM note_templates WHERE id = ${id} FOR UPDATE`;
  return row ?? refuse({ code: "not_found" });
}

async function idsInOrder(tx: Tx, reason: NegativeClosing): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM note_templates WHERE reason = ${reason}::issue_status ORDER BY position, id FOR UPDATE`;
  return rows.map(({ id }) => id);
}

type Told = { change: string; reason: string; text: string; before?: string };

function tell(tx: Tx, { actorId }: Act, detail: Told): Promise<void> {
  return recordAudit({ kind: "note_template_changed", actorId, detail }, tx);
}
