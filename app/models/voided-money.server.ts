import { db } from "~/database/client.server";
import type { Keyset } from "~/filters/keyset";
import { type Currency, type Money, toMinor } from "~/domain/money";
import type { VoidKind } from "~/filters/void-filter";
import { Prisma } from "~/generated/prisma/client";
import { KEPT_PAYMENTS, keptAs, type KeptWhat, OF_CYCLES } from "./kept-totals.server";

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

type Place = { readonly at: Date | string; readonly id: number };

/** Voids and reversals, newest first: who, when, why. `after` is where the last page ended. */
export async function voidsAndReversals(
  after: Keyset | null,
  limit: number,
  kind: VoidKind | null = null,
): Promise<VoidedMoney[]> {
  const place = after ?? { at: "infinity", id: 0 };
  // The page is cut before anything is joined to it.
  const rows = await db().$queryRaw<VoidRow[]>`
    SELECT e.id AS "eventId", e.issue_id AS "issueId", i.title, t.name AS "testerName", e.currency, e.amount, e.reason,
           a.name AS by, e.at, coalesce(p.batch_id, kept.batch_id) AS "batchId",
           coalesce(p.kind::text, CASE e.from_payout_status WHEN 'paid' THEN 'kept' ELSE 'cancelled' END) AS kind
      FROM (${kind === null ? allVoids(place, limit) : voidsOf(kind, place, limit)}) e
      LEFT JOIN LATERAL (${REVERSAL}) p ON true
      LEFT JOIN LATERAL (
        SELECT q.batch_id FROM issue_payouts q WHERE q.issue_id = e.issue_id ORDER BY q.seq DESC LIMIT 1
      ) kept ON p.kind IS NULL AND e.from_payout_status = 'paid'
      JOIN issues i ON i.id = e.issue_id
      JOIN users t ON t.id = i.tester_id
      LEFT JOIN users a ON a.id = e.actor_id
      ORDER BY e.at DESC, e.id DESC`;
  return rows.map((row) => ({ ...row, amount: toMinor(row.amount) }));
}

// A reversal is written by the same act, hence at the same instant, as its event; money that is kept has none. LIMIT: one
// look-up for each event, however few payments the planner takes to be reversed.
const REVERSAL = Prisma.sql`
  SELECT p.kind, p.batch_id FROM issue_payouts p
    WHERE p.issue_id = e.issue_id AND p.kind IS NOT NULL AND p.recorded_at = e.at LIMIT 1`;

const before = ({ at, id }: Place) => Prisma.sql`(e.at, e.id) < (${at}::timestamptz, ${id}::int)`;

function allVoids(place: Place, limit: number): Prisma.Sql {
  return Prisma.sql`
    SELECT e.* FROM issue_events e WHERE e.kind IN ('voided', 'reversed') AND ${before(place)}
      ORDER BY e.at DESC, e.id DESC LIMIT ${limit}`;
}

/** Each by an index that holds little else, so that a rare kind costs no look at all the others. */
function voidsOf(kind: VoidKind, place: Place, limit: number): Prisma.Sql {
  if (kind === "cancelled" || kind === "kept") {
    const isSuch =
      kind === "cancelled"
        ? Prisma.sql`e.from_payout_status = 'approved'`
        : Prisma.sql`e.from_payout_status = 'paid' AND NOT EXISTS (${REVERSAL})`;
    return Prisma.sql`
      SELECT e.* FROM issue_events e WHERE e.kind = 'voided' AND ${isSuch} AND ${before(place)}
        ORDER BY e.at DESC, e.id DESC LIMIT ${limit}`;
  }
  return Prisma.sql`
    SELECT e.* FROM issue_payouts r
      CROSS JOIN LATERAL (
        SELECT v.* FROM issue_events v
          WHERE v.issue_id = r.issue_id AND v.at = r.recorded_at AND v.kind IN ('voided', 'reversed') LIMIT 1
      ) e
      WHERE r.kind = ${kind}::reversal_kind AND r.recorded_at <= ${place.at}::timestamptz AND ${before(place)}
      ORDER BY r.recorded_at DESC, e.id DESC LIMIT ${limit}`;
}

type Sum = { what: KeptWhat; currency: Currency; amount: bigint; issues: bigint };

/** Σ of everything that voidsAndReversals lists, and how many there are. */
export async function voidedTotals(
  kind: VoidKind | null = null,
): Promise<{ money: Money[]; count: number }> {
  const sums = await db().$queryRaw<Sum[]>`
    SELECT k.what, k.currency, sum(k.amount)::bigint AS amount, sum(k.issues)::bigint AS issues FROM kept_totals k
      WHERE ${OF_CYCLES} AND ${keptAs(["cancelled", "paid", ...KEPT_PAYMENTS])}
      GROUP BY k.what, k.currency ORDER BY k.currency`;
  const parts = VOIDED_BY[kind ?? "all"];
  const voided = new Map<Currency, { amount: bigint; issues: bigint }>();
  for (const { what, currency, amount, issues } of sums) {
    const [inAmount, inCount] = parts[what] ?? [0n, 0n];
    const sum = voided.get(currency) ?? { amount: 0n, issues: 0n };
    sum.amount += inAmount * amount;
    sum.issues += inCount * issues;
    voided.set(currency, sum);
  }
  const present = [...voided].filter(([, { issues }]) => issues > 0n);
  return {
    money: present.map(([currency, { amount }]) => ({ currency, amount: toMinor(amount) })),
    count: present.reduce((count, [, { issues }]) => count + Number(issues), 0),
  };
}

/** How often each total goes into the amount and into the count. Reversals are kept as negative amounts. */
type Parts = Readonly<Partial<Record<KeptWhat, readonly [bigint, bigint]>>>;

const ONCE = [1n, 1n] as const;
const TAKEN_AWAY = [-1n, -1n] as const;
const REVERSED = [-1n, 1n] as const;
const LESS_REVERSED = [1n, -1n] as const;

const VOIDED_BY: Readonly<Record<VoidKind | "all", Parts>> = {
  cancelled: { cancelled: ONCE },
  bounced: { bounced: REVERSED },
  never_sent: { never_sent: REVERSED },
  returned: { returned: REVERSED },
  // Paid and not taken back, of issues that are paid no more.
  kept: {
    ...{ payment: ONCE, paid: TAKEN_AWAY },
    ...{ bounced: LESS_REVERSED, never_sent: LESS_REVERSED, returned: LESS_REVERSED },
  },
  // Of all that was ever paid, what is paid no more was reversed or is kept.
  all: { cancelled: ONCE, payment: ONCE, paid: TAKEN_AWAY },
};
