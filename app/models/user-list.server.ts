import { db } from "~/database/client.server";
import { type Currency, type Money, money } from "~/domain/money";
import { byName } from "~/domain/name-order";
import type { Role } from "~/domain/permission";
import type { UserFilter, UserPlace } from "~/filters/user-filter";
import { Prisma } from "~/generated/prisma/client";
import { KEPT_ISSUES, KEPT_PAYMENTS, keptAs, OF_TESTERS } from "./kept-totals.server";

export type UserState = "active" | "invited" | "deactivated";

export type ListedUser = {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly state: UserState;
  /** All but drafts. */
  readonly reports: number;
  /** Σ payments and reversals, per currency. */
  readonly paid: readonly Money[];
};

export type UserListPage = {
  readonly users: readonly ListedUser[];
  readonly previous: number | null;
  readonly next: number | null;
};

export const USERS_A_PAGE = 50;
/** Beyond this the list only says "more than". */
const COUNTED_AT_MOST = 1_000;

type Row = Omit<ListedUser, "paid"> & { paid: { currency: Currency; amount: number }[] | null };

/** People by name. The figures are looked up for those on the page only, each along an index. */
export async function userList(
  filter: UserFilter,
  place: UserPlace,
  limit = USERS_A_PAGE,
): Promise<UserListPage> {
  const rows = await readPage(filter, place, limit + 1);
  const more = rows.length > limit;
  const isBackwards = place?.direction === "before";
  // Nobody there any more, or back at the beginning: that is the first page, also in its URL.
  if (place && (rows.length === 0 || (isBackwards && !more))) return userList(filter, null, limit);
  const shown = rows.slice(0, limit);
  if (isBackwards) shown.reverse();
  const users = shown.map(({ paid, ...user }) => ({
    ...user,
    paid: (paid ?? []).map((sum) => money(sum.currency, sum.amount)),
  }));
  return {
    users,
    previous: place ? (users[0]?.id ?? null) : null,
    next: isBackwards || more ? (users.at(-1)?.id ?? null) : null,
  };
}

function readPage(filter: UserFilter, place: UserPlace, limit: number): Promise<Row[]> {
  const order =
    place?.direction === "before"
      ? Prisma.sql`lower(u.name) DESC, u.id DESC`
      : Prisma.sql`lower(u.name), u.id`;
  return db().$queryRaw<Row[]>`
    SELECT u.id, u.name, u.email, u.role::text AS role, ${STATE} AS state,
           (SELECT coalesce(sum(k.issues), 0)::int FROM kept_totals k
             WHERE k.tester_id = u.id AND ${OF_TESTERS} AND ${keptAs(KEPT_ISSUES)}) AS reports,
           (SELECT jsonb_agg(jsonb_build_object('currency', s.currency, 'amount', s.amount) ORDER BY s.currency)
              FROM (SELECT k.currency, sum(k.amount) AS amount FROM kept_totals k
                     WHERE k.tester_id = u.id AND ${OF_TESTERS} AND ${keptAs(KEPT_PAYMENTS)} GROUP BY k.currency) s) AS paid
      FROM (
        SELECT u.* FROM users u WHERE ${Prisma.join([...conditions(filter), ...placed(place)], " AND ")}
         ORDER BY ${order} LIMIT ${limit}
      ) u ORDER BY ${order}`;
}

const STATE = Prisma.sql`CASE WHEN u.deactivated_at IS NOT NULL THEN 'deactivated'
  WHEN u.password_hash IS NULL AND NOT EXISTS (SELECT FROM identities d WHERE d.user_id = u.id) THEN 'invited'
  ELSE 'active' END`;

function conditions({ q, role, state }: UserFilter): Prisma.Sql[] {
  const all = [Prisma.sql`true`];
  if (q) {
    const like = `%${q.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
    all.push(Prisma.sql`(lower(u.name) LIKE ${like} OR lower(u.email) LIKE ${like})`);
  }
  if (role) all.push(Prisma.sql`u.role = ${role}::user_role`);
  if (state) all.push(Prisma.sql`${STATE} = ${state}`);
  return all;
}

function placed(place: UserPlace): Prisma.Sql[] {
  if (!place) return [];
  const there = Prisma.sql`(SELECT lower(x.name), x.id FROM users x WHERE x.id = ${place.id})`;
  return place.direction === "after"
    ? [Prisma.sql`(lower(u.name), u.id) > ${there}`]
    : [Prisma.sql`(lower(u.name), u.id) < ${there}`];
}

/** How many people pass the filter; `more` when there are more than were counted. */
export async function countUsers(
  filter: UserFilter,
): Promise<{ readonly count: number; readonly more: boolean }> {
  const where = Prisma.join(conditions(filter), " AND ");
  const [found] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM users u WHERE ${where} LIMIT ${COUNTED_AT_MOST + 1}
    ) counted`;
  const count = found?.count ?? 0;
  return { count: Math.min(count, COUNTED_AT_MOST), more: count > COUNTED_AT_MOST };
}

/** Whom the audit page offers to filter by: the admins, and whoever is filtered by now. */
export async function auditPeople(chosen: number | null): Promise<{ id: number; name: string }[]> {
  const people = await db().user.findMany({
    where: { OR: [{ role: "admin" }, ...(chosen === null ? [] : [{ id: chosen }])] },
    orderBy: { name: "asc" },
    take: 200,
    select: { id: true, name: true },
  });
  return people.sort(byName);
}
