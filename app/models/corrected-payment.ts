import { Prisma } from "~/generated/prisma/client";

/**
 * SQL for what counts of a payment `p`: its latest correction, if there is one (DESIGN 3). For lists of a few rows; the
 * export reads corrected payments apart, in order to keep the order of an index.
 */
export const WITH_LATEST_CORRECTION = Prisma.sql`LEFT JOIN LATERAL (
  SELECT c.id, c.reference, c.paid_on FROM payment_corrections c WHERE c.payment_id = p.id ORDER BY c.id DESC LIMIT 1
) latest ON true`;

export const PAID_ON = Prisma.sql`coalesce(latest.paid_on, p.paid_on)`;

// Not coalesce: a correction may also take the reference of a cash payment away.
export const REFERENCE = Prisma.sql`CASE WHEN latest.id IS NULL THEN p.reference ELSE latest.reference END`;
