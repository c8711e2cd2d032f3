import type { IssueOrder } from "~/filters/issue-order";
import type { IssuePage } from "~/filters/issue-place";
import { Prisma } from "~/generated/prisma/client";
import { issueConditions } from "./issue-conditions.server";
import type { IssueQuery } from "./issue-list.server";

type Order = {
  /** Sorted by before the date, and what a place is compared as; null: by the date alone. */
  readonly lead: { readonly column: Prisma.Sql; readonly type: Prisma.Sql } | null;
  readonly descends: boolean;
};

const ORDERS: Readonly<Record<IssueOrder, Order>> = {
  newest: { lead: null, descends: true },
  oldest: { lead: null, descends: false },
  severity: {
    lead: { column: Prisma.sql`i.severity`, type: Prisma.sql`severity` },
    descends: true,
  },
  amount: {
    // As issues_amount_idx has it.
    lead: {
      column: Prisma.sql`amount_order(i.approved_currency, i.approved_amount)`,
      type: Prisma.sql`bigint`,
    },
    descends: true,
  },
};

/** The whole list at once, drafts first: the newest as issues_filed_idx has them, the others sorted. */
export const ISSUE_ORDERS_SQL: Readonly<Record<IssueOrder, Prisma.Sql>> = {
  newest: Prisma.sql`i.filed_at DESC, i.id DESC`,
  oldest: Prisma.sql`i.filed_at NULLS FIRST, i.id`,
  severity: Prisma.sql`i.filed_at IS NOT NULL, i.severity DESC, i.filed_at DESC, i.id DESC`,
  amount: Prisma.sql`i.filed_at IS NOT NULL, amount_order(i.approved_currency, i.approved_amount) DESC, i.filed_at DESC, i.id DESC`,
};

/**
 * The ids of one page, `part` 0 for drafts and 1 for what is filed, with `lead` and `filed_at`; in no order yet, and up
 * to `limit` of each part: whoever joins them orders by part and `columns`.
 * Drafts are a part of their own because they have no date to compare.
 */
export function issuePageIds(
  query: IssueQuery,
  page: IssuePage,
  limit: number,
): { readonly ids: Prisma.Sql; readonly columns: Prisma.Sql } {
  const { lead, descends } = ORDERS[query.order];
  const { filter, reader, hits } = query;
  const isDescending = descends !== (page?.direction === "newer");
  const direction = isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const where = issueConditions(filter, reader, hits);
  const order = lead
    ? Prisma.sql`lead ${direction}, i.filed_at ${direction}, i.id ${direction}`
    : Prisma.sql`i.filed_at ${direction}, i.id ${direction}`;
  const part = (number: 0 | 1, own: Prisma.Sql) => Prisma.sql`
    (SELECT i.id, ${number}::int AS part, ${lead?.column ?? Prisma.sql`NULL::int`} AS lead, i.filed_at FROM issues i
      WHERE ${Prisma.join([own, ...beyond(page, number, { lead, isDescending }), ...where], " AND ")}
      ORDER BY ${order} LIMIT ${limit})`;
  const drafts = part(0, Prisma.sql`i.filed_at IS NULL AND i.tester_id = ${reader.id}::int`);
  const filed = part(1, Prisma.sql`i.filed_at IS NOT NULL`);
  return {
    ids: Prisma.join(
      hasDrafts(page) ? (hasFiled(page) ? [drafts, filed] : [drafts]) : [filed],
      " UNION ALL ",
    ),
    columns: Prisma.sql`p.lead ${direction}, p.filed_at ${direction}, p.id ${direction}`,
  };
}

const hasDrafts = (page: IssuePage) =>
  page === null || page.direction === "newer" || page.place.filedAt === null;
const hasFiled = (page: IssuePage) =>
  page === null || page.direction === "older" || page.place.filedAt !== null;

/** What lies beyond the place, if that is in this part at all. */
function beyond(
  page: IssuePage,
  part: 0 | 1,
  { lead, isDescending }: { lead: Order["lead"]; isDescending: boolean },
): Prisma.Sql[] {
  if (!page || (page.place.filedAt === null) !== (part === 0)) return [];
  const { filedAt, id, lead: placed } = page.place;
  const after = isDescending ? Prisma.sql`<` : Prisma.sql`>`;
  if (filedAt === null) return [Prisma.sql`i.id ${after} ${id}::int`];
  return lead
    ? [
        Prisma.sql`(${lead.column}, i.filed_at, i.id) ${after} (${placed}::${lead.type}, ${filedAt}::timestamptz, ${id}::int)`,
      ]
    : [Prisma.sql`(i.filed_at, i.id) ${after} (${filedAt}::timestamptz, ${id}::int)`];
}
