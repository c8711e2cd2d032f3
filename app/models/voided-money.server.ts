import { db } from "~/database/client.server";
import type { Keyset } from "~/filters/keyset";
import { type Currency, type Money, toMinor } from "~/domain/money";
import type { VoidKind } from "~/filters/void-filter";
import { Prisma } from "~/generated/prisma/client";

/** A commitment or payment that was taken back. `cancelled`: before any money moved; `kept`: the tester keeps it. */
export type VoidedMoney = {
  readonly eventId: number;
  readonly issueId: number;
  readonly title: string;
  readonly testerName: string;
  readonly currency: Currency;
  readonly amount: number;
  readonly kind: VoidKind;
  /** The batch that had paid it; null for a commitment. */
  readonly batchId: number | null;
  readonly reason: string;
  readonly by: string | null;
  readonly at: Date;
};

type VoidRow = Omit<VoidedMoney, "amount" | "by"> & { amount: bigint; by: string | null };

// A reversal is written by the same act, hence at the same instant, as its event; money that is kept has none.
const VOIDS = Prisma.sql`
  SELECT e.id, e.issue_id, e.currency, e.amount, e.reason, e.actor_id, e.at, coalesce(p.batch_id, kept.batch_id) AS batch_id,
         coalesce(p.kind::text, CASE e.from_payout_status WHEN 'paid' THEN 'kept' ELSE 'cancelled' END) AS kind
    FROM issue_events e
    LEFT JOIN issue_payouts p ON p.issue_id = e.issue_id AND p.kind IS NOT NULL AND p.recorded_at = e.at
    LEFT JOIN LATERAL (
      SELECT q.batch_id FROM issue_payouts q WHERE q.issue_id = e.issue_id ORDER BY q.seq DESC LIMIT 1
    ) kept ON p.id IS NULL AND e.from_payout_status = 'paid'
    WHERE e.kind IN ('voided', 'reversed')`;

const ofKind = (kind: VoidKind | null) =>
  kind === null ? Prisma.empty : Prisma.sql`AND v.kind = ${kind}`;

/** Voids and reversals, newest first: who, when, why. `after` is where the last page ended. */
export async function voidsAndReversals(
  after: Keyset | null,
  limit: number,
  kind: VoidKind | null = null,
): Promise<VoidedMoney[]> {
  const rows = await db().$queryRaw<VoidRow[]>`
    SELECT v.id AS "eventId", v.issue_id AS "issueId", i.title, t.name AS "testerName", v.currency, v.amount, v.reason,
           a.name AS by, v.at, v.kind, v.batch_id AS "batchId"
      FROM (${VOIDS}) v
      JOIN issues i ON i.id = v.issue_id
      JOIN users t ON t.id = i.tester_id
      LEFT JOIN users a ON a.id = v.actor_id
      WHERE (v.at, v.id) < (${after?.at ?? "infinity"}::timestamptz, ${after?.id ?? 0}::int) ${ofKind(kind)}
      ORDER BY v.at DESC, v.id DESC LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, amount: toMinor(row.amount) }));
}

/** Σ of everything that voidsAndReversals lists, and how many there are. */
export async function voidedTotals(
  kind: VoidKind | null = null,
): Promise<{ money: Money[]; count: number }> {
  const from =
    kind === null ? Prisma.sql`issue_events v WHERE v.kind IN ('voided', 'reversed')` : null;
  const rows = await db().$queryRaw<{ currency: Currency; amount: bigint; issues: bigint }[]>`
    SELECT v.currency, sum(v.amount)::bigint AS amount, count(*) AS issues
      FROM ${from ?? Prisma.sql`(${VOIDS}) v WHERE true ${ofKind(kind)}`} GROUP BY 1 ORDER BY 1`;
  return {
    money: rows.map(({ currency, amount }) => ({ currency, amount: toMinor(amount) })),
    count: rows.reduce((sum, row) => sum + Number(row.issues), 0),
  };
}
