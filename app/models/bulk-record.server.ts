import { createHash } from "node:crypto";
import type { Tx } from "~/database/transaction.server";
import { bulkContent, type BulkPost, committedBy } from "~/domain/bulk-decision";
import type { IssueMove } from "~/domain/issue-move";
import { isCurrency, type Money, money, sumByCurrency } from "~/domain/money";
import { refuse } from "~/domain/refusal";
import type { Prisma } from "~/generated/prisma/client";
import type { LockedBulkIssue } from "./bulk-lock.server";
import { detailOfRejection } from "./decision.server";
import type { Act } from "./issue-change.server";

/** A bulk decision as it is recorded. `replayed`: the same post had succeeded before, and nothing was done now. */
export type BulkRecord = {
  readonly bulkId: number;
  readonly count: number;
  readonly totals: readonly Money[];
  readonly replayed: boolean;
};

export type KeyedBulk = { readonly key: string; readonly post: BulkPost };

/** A legal move of a locked issue. */
export type BulkMove = {
  readonly issue: LockedBulkIssue;
  readonly move: IssueMove & { readonly ok: true };
};

/**
 * What this very post led to before, or null when its key is unused. To be asked under the locks: a post that came at
 * the same time has then either written its record or left no trace.
 * Throws Refusal `key_reused` when the key came before with other content.
 */
export async function bulkOfKey(
  tx: Tx,
  { key, post }: KeyedBulk,
  adminId: number,
): Promise<BulkRecord | null> {
  const known = await tx.bulkDecision.findUnique({ where: { adminId_key: { adminId, key } } });
  if (!known) return null;
  if (known.contentHash !== contentHash(post)) refuse({ code: "key_reused" });
  return {
    bulkId: known.id,
    count: known.count,
    totals: totalsFrom(known.totals),
    replayed: true,
  };
}

/**
 * Writes the moves, one event each, and the record that names the key. Set operations throughout.
 * Throws Refusal `key_reused` when the key was taken meanwhile by a post that decides other issues.
 */
export async function writeBulk(
  tx: Tx,
  keyed: KeyedBulk,
  moves: readonly BulkMove[],
  act: Act,
): Promise<BulkRecord> {
  const totals = committedBy(moves.map(({ move }) => move));
  const [record] = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO bulk_decisions (admin_id, key, content_hash, intent, detail, count, totals, at)
    VALUES (${act.actorId}, ${keyed.key}, ${contentHash(keyed.post)}, ${keyed.post.intent}::bulk_intent,
            ${JSON.stringify(detailOf(keyed.post))}::jsonb, ${moves.length},
            ${JSON.stringify(Object.fromEntries(totals.map((m) => [m.currency, m.amount])))}::jsonb, ${act.at})
    ON CONFLICT DO NOTHING RETURNING id`;
  if (!record) return refuse({ code: "key_reused" });
  await writeEvents(tx, { bulkId: record.id, detail: eventDetailOf(keyed.post) }, moves, act);
  await writeIssues(tx, moves, act);
  return { bulkId: record.id, count: moves.length, totals, replayed: false };
}

async function writeIssues(tx: Tx, moves: readonly BulkMove[], act: Act): Promise<void> {
  const written = await tx.$executeRaw`
    UPDATE issues i SET version = i.version + 1, status = m.status, payout_status = m.payout_status,
           approved_amount = m.amount, approved_currency = m.currency,
           approved_at = CASE WHEN m.amount IS NULL THEN NULL ELSE ${act.at}::timestamptz END,
           approved_by = CASE WHEN m.amount IS NULL THEN NULL ELSE ${act.actorId}::int END
      FROM unnest(
        ${moves.map(({ issue }) => issue.id)}::int[],
        ${moves.map(({ issue }) => issue.version)}::int[],
        ${moves.map(({ move }) => move.next.status)}::issue_status[],
        ${moves.map(({ move }) => move.next.payoutStatus)}::payout_status[],
        ${moves.map(({ move }) => move.next.approved?.amount ?? null)}::bigint[],
        ${moves.map(({ move }) => move.next.approved?.currency ?? null)}::currency[])
        AS m (id, version, status, payout_status, amount, currency)
      WHERE i.id = m.id AND i.version = m.version`;
  mustBe("issues", written, moves.length);
}

async function writeEvents(
  tx: Tx,
  { bulkId, detail }: { bulkId: number; detail: object | undefined },
  moves: readonly BulkMove[],
  act: Act,
): Promise<void> {
  const told = detail ? JSON.stringify(detail) : null;
  const written = await tx.$executeRaw`
    INSERT INTO issue_events
      (issue_id, version, kind, at, actor_id, from_status, to_status, from_payout_status, to_payout_status,
       amount, currency, reason, note, detail, bulk_id)
    SELECT m.id, m.version + 1, m.kind, ${act.at}, ${act.actorId}, i.status, m.status, i.payout_status, m.payout_status,
           m.amount, m.currency, m.reason, m.note, ${told}::jsonb, ${bulkId}
      FROM unnest(
        ${moves.map(({ issue }) => issue.id)}::int[],
        ${moves.map(({ issue }) => issue.version)}::int[],
        ${moves.map(({ move }) => move.event.kind)}::issue_event_kind[],
        ${moves.map(({ move }) => move.next.status)}::issue_status[],
        ${moves.map(({ move }) => move.next.payoutStatus)}::payout_status[],
        ${moves.map(({ move }) => move.event.money?.amount ?? null)}::bigint[],
        ${moves.map(({ move }) => move.event.money?.currency ?? null)}::currency[],
        ${moves.map(({ move }) => move.event.reason)}::text[],
        ${moves.map(({ move }) => move.event.note)}::text[])
        AS m (id, version, kind, status, payout_status, amount, currency, reason, note)
      JOIN issues i ON i.id = m.id
      ORDER BY m.id`;
  mustBe("events", written, moves.length);
}

function mustBe(what: string, written: number, expected: number): void {
  if (written !== expected) throw new Error(`${what}: ${written} written, ${expected} expected`);
}

function contentHash(post: BulkPost): string {
  return createHash("sha256").update(bulkContent(post)).digest("hex");
}

/** What the form said besides its rows: the events tell those. */
function detailOf(post: BulkPost): object {
  if (post.intent === "approve_matching") {
    const { filter, asOf, note } = post;
    return { filter, asOf, note };
  }
  const { mode, note } = post;
  if (post.intent === "approve") return { mode, note };
  return { mode, reason: post.reason, note, duplicateOf: post.duplicateOf };
}

function eventDetailOf(post: BulkPost): object | undefined {
  if (post.intent !== "reject") return undefined;
  return detailOfRejection({ ...post, duplicateOf: post.duplicateOf ?? undefined });
}

function totalsFrom(stored: Prisma.JsonValue): Money[] {
  const amounts = Object.entries(stored as Readonly<Record<string, number>>);
  return sumByCurrency(
    amounts.flatMap(([currency, amount]) =>
      isCurrency(currency) ? [money(currency, amount)] : [],
    ),
  );
}
