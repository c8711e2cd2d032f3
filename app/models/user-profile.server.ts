import { db } from "~/database/client.server";
import type { Balance } from "~/domain/balance";
import { type Currency, type Money, money } from "~/domain/money";
import type { PayoutMethod } from "~/domain/payment";
import type { Role } from "~/domain/permission";
import type { IsoDate } from "~/domain/team-date";
import type { CycleStatus } from "~/generated/prisma/client";
import { balanceOf } from "./balance.server";
import { openInvite } from "./invite.server";
import { KEPT_ISSUES, keptAs } from "./kept-totals.server";
import { type PayeeNow, payeeNow } from "./payee.server";
import { type OwnSession, sessionsOf } from "./user-session.server";
import { type ViewAsRecord, viewsOf } from "./view-as.server";

export type AssignedCycle = {
  readonly id: number;
  readonly name: string;
  readonly status: CycleStatus;
  readonly addedAt: Date;
  /** All but drafts. */
  readonly reports: number;
};

/** Everything an admin sees of one person. */
export type UserProfile = {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly hasPassword: boolean;
  readonly createdAt: Date;
  readonly deactivatedAt: Date | null;
  readonly balance: Balance;
  readonly lastPayment: LastPayment | null;
  readonly cycles: readonly AssignedCycle[];
  /** Open cycles that they are not in. */
  readonly otherCycles: readonly { readonly id: number; readonly name: string }[];
  readonly payee: PayeeNow;
  readonly sessions: readonly OwnSession[];
  readonly invite: { readonly expiresAt: Date } | null;
  readonly views: readonly ViewAsRecord[];
};

export type LastPayment = {
  readonly money: Money;
  readonly method: PayoutMethod;
  readonly paidOn: IsoDate;
};

const VIEWS_SHOWN = 10;

/** Null when there is no such user. */
export async function userProfile(id: number): Promise<UserProfile | null> {
  const user = await db().user.findUnique({
    where: { id },
    select: {
      ...{ id: true, name: true, email: true, role: true, passwordHash: true },
      ...{ createdAt: true, deactivatedAt: true },
    },
  });
  if (!user) return null;
  const [balance, lastPayment, cycles, payee, sessions, invite, views] = await Promise.all([
    balanceOf(id),
    lastPaymentOf(id),
    cyclesOf(id),
    payeeNow(id),
    sessionsOf(id),
    openInvite(id),
    viewsOf(id, VIEWS_SHOWN),
  ]);
  const { passwordHash, ...facts } = user;
  return {
    ...facts,
    hasPassword: passwordHash !== null,
    ...{ balance, lastPayment, ...cycles, payee, sessions, invite, views },
  };
}

type PaymentRow = { currency: Currency; amount: bigint; method: PayoutMethod; paidOn: IsoDate };

/** The latest payment by its paid-on date as last corrected, the whole transfer; a reversed one is none. */
async function lastPaymentOf(testerId: number): Promise<LastPayment | null> {
  const [last] = await db().$queryRaw<PaymentRow[]>`
    SELECT p.currency, p.method::text AS method, coalesce(c.paid_on, p.paid_on)::text AS "paidOn",
           (SELECT sum(x.amount)::bigint FROM issue_payouts x WHERE x.transfer_id = p.transfer_id) AS amount
      FROM issue_payouts p
      LEFT JOIN LATERAL (
        SELECT c.paid_on FROM payment_corrections c WHERE c.payment_id = p.id ORDER BY c.id DESC LIMIT 1
      ) c ON true
     WHERE p.tester_id = ${testerId} AND p.amount > 0
       AND NOT EXISTS (SELECT FROM issue_payouts r WHERE r.issue_id = p.issue_id AND r.seq = p.seq + 1)
     ORDER BY p.paid_on DESC, p.id DESC LIMIT 1`;
  if (!last) return null;
  return {
    money: money(last.currency, last.amount),
    ...{ method: last.method, paidOn: last.paidOn },
  };
}

async function cyclesOf(userId: number) {
  const [cycles, otherCycles] = await Promise.all([
    db().$queryRaw<AssignedCycle[]>`
      SELECT c.id, c.name, c.status::text AS status, t.added_at AS "addedAt",
             (SELECT coalesce(sum(k.issues), 0)::int FROM kept_totals k
               WHERE k.tester_id = t.user_id AND k.cycle_id = c.id AND ${keptAs(KEPT_ISSUES)}) AS reports
        FROM cycle_testers t JOIN test_cycles c ON c.id = t.cycle_id
       WHERE t.user_id = ${userId} ORDER BY c.status, c.id DESC`,
    db().testCycle.findMany({
      where: { status: "open", testers: { none: { userId } } },
      orderBy: { id: "desc" },
      select: { id: true, name: true },
    }),
  ]);
  return { cycles, otherCycles };
}
