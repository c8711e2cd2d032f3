import { db } from "~/database/client.server";
import { type Currency, toMinor } from "~/domain/money";
import type { PayoutMethod } from "~/domain/payment";
import type { IsoDate } from "~/domain/team-date";
import { Prisma } from "~/generated/prisma/client";
import { KEPT_PAYMENTS, keptAs, OF_TESTERS } from "./kept-totals.server";

/** One line of the pay queue: what one tester is owed in one currency, prepared batches left out. */
export type QueueLine = {
  readonly testerId: number;
  readonly name: string;
  readonly currency: Currency;
  readonly count: number;
  /** Minor units. */
  readonly total: number;
  readonly oldestApprovedAt: Date;
  readonly deactivated: boolean;
  readonly payee: QueuePayee;
  readonly lastPayment: LastPayment | null;
  /** Payments less reversals in this currency, minor units. */
  readonly paidLifetime: number;
};

/** Enough to recognise an account by; the whole of it stands on the batch's page. */
type QueuePayee = {
  /** The last four digits; null where none is given. */
  readonly kaspiEnding: string | null;
  readonly ibanEnding: string | null;
  readonly changedAt: Date | null;
};

/** The latest that stands, as it was corrected last, in whatever currency. */
type LastPayment = {
  readonly paidOn: IsoDate;
  readonly method: PayoutMethod;
  readonly reference: string | null;
};

type LineRow = {
  tester_id: number;
  name: string;
  currency: Currency;
  count: bigint;
  total: bigint;
  oldest: Date;
  deactivated: boolean;
  kaspi_ending: string | null;
  iban_ending: string | null;
  payee_changed_at: Date | null;
  paid_on: string | null;
  method: PayoutMethod | null;
  reference: string | null;
  lifetime: bigint | null;
};

/**
 * The whole queue, oldest debt first. Reads approved issues, and of each line's tester the ends of two indexes for the
 * last payment: a corrected payment stands elsewhere in time than when it was recorded, hence in an index of its own,
 * and counts only if it is not older than the last one that was never corrected.
 */
export async function payQueue(): Promise<QueueLine[]> {
  const rows = await db().$queryRaw<LineRow[]>`
    WITH q AS MATERIALIZED (
      SELECT i.tester_id, i.approved_currency AS currency, count(*) AS count,
             sum(i.approved_amount)::bigint AS total, min(i.approved_at) AS oldest
        FROM issues i
        WHERE i.payout_status = 'approved'
          AND NOT EXISTS (SELECT FROM payout_batch_items h WHERE h.issue_id = i.id AND h.state = 'reserved')
        GROUP BY i.tester_id, i.approved_currency
    ), lifetime AS (
      SELECT k.tester_id, k.currency, sum(k.amount)::bigint AS amount FROM kept_totals k
        WHERE ${OF_TESTERS} AND ${keptAs(KEPT_PAYMENTS)} GROUP BY k.tester_id, k.currency
    )
    SELECT q.*, u.name, u.deactivated_at IS NOT NULL AS deactivated, u.payee_changed_at,
           right(u.kaspi_phone, 4) AS kaspi_ending, right(u.iban, 4) AS iban_ending,
           last.paid_on::text AS paid_on, last.method, last.reference, l.amount AS lifetime
      FROM q
      JOIN users u ON u.id = q.tester_id
      LEFT JOIN lifetime l ON l.tester_id = q.tester_id AND l.currency = q.currency
      LEFT JOIN LATERAL (${LAST_UNCORRECTED}) plain ON true
      LEFT JOIN LATERAL (${LAST_CORRECTED}) mended ON true
      LEFT JOIN LATERAL (
        SELECT plain.* WHERE plain.id IS NOT NULL UNION ALL SELECT mended.* WHERE mended.id IS NOT NULL
          ORDER BY paid_on DESC, id DESC LIMIT 1
      ) last ON true
      ORDER BY q.oldest, u.id, q.currency`;
  return rows.map(queueLine);
}

const LAST_UNCORRECTED = Prisma.sql`
  SELECT p.paid_on, p.id, p.method, p.reference FROM issue_payouts p
    WHERE p.tester_id = q.tester_id AND p.amount > 0
      AND NOT EXISTS (SELECT FROM payment_corrections c WHERE c.payment_id = p.id)
      AND NOT EXISTS (SELECT FROM issue_payouts r WHERE r.issue_id = p.issue_id AND r.seq = p.seq + 1)
    ORDER BY p.paid_on DESC, p.id DESC LIMIT 1`;

const LAST_CORRECTED = Prisma.sql`
  SELECT c.paid_on, p.id, p.method, c.reference FROM payment_corrections c JOIN issue_payouts p ON p.id = c.payment_id
    WHERE c.tester_id = q.tester_id AND c.paid_on >= coalesce(plain.paid_on, '-infinity') AND p.amount > 0
      AND NOT EXISTS (SELECT FROM payment_corrections l WHERE l.payment_id = c.payment_id AND l.id > c.id)
      AND NOT EXISTS (SELECT FROM issue_payouts r WHERE r.issue_id = p.issue_id AND r.seq = p.seq + 1)
    ORDER BY c.paid_on DESC, c.payment_id DESC LIMIT 1`;

function queueLine(row: LineRow): QueueLine {
  const { paid_on: paidOn, method, reference } = row;
  return {
    testerId: row.tester_id,
    name: row.name,
    currency: row.currency,
    count: Number(row.count),
    total: toMinor(row.total),
    oldestApprovedAt: row.oldest,
    deactivated: row.deactivated,
    payee: {
      kaspiEnding: row.kaspi_ending,
      ibanEnding: row.iban_ending,
      changedAt: row.payee_changed_at,
    },
    lastPayment: paidOn === null || method === null ? null : { paidOn, method, reference },
    paidLifetime: toMinor(row.lifetime ?? 0n),
  };
}
