import { db } from "~/database/client.server";
import { type Tx, transaction } from "~/database/transaction.server";
import { isSamePayee, type PayeeDetails } from "~/domain/payee";
import { refuse } from "~/domain/refusal";
import { Prisma } from "~/generated/prisma/client";
import type { Act } from "./issue-change.server";

/** Where somebody's wages are sent, and since when. */
export type PayeeNow = PayeeDetails & {
  /** Null while they are what the account was made with. */
  readonly changedAt: Date | null;
  readonly changedBy: { readonly id: number; readonly name: string } | null;
  /** A prepared batch holds money for them, with the details as they were then. */
  readonly paymentUnderWay: boolean;
};

export type PayeeChange = {
  readonly id: number;
  readonly userId: number;
  readonly at: Date;
  readonly by: { readonly id: number; readonly name: string };
  readonly old: PayeeDetails;
  readonly new: PayeeDetails;
};

const DETAILS = { payeeName: true, kaspiPhone: true, iban: true } as const;

/** One person's payee details. Throws when there is no such user. */
export async function payeeNow(userId: number): Promise<PayeeNow> {
  return (await payeeWithHistory(userId, 1)).payee;
}

/** The same with their latest changes, newest first, one at least. */
export async function payeeWithHistory(
  userId: number,
  limit: number,
): Promise<{ payee: PayeeNow; changes: PayeeChange[] }> {
  const [user, changes, underWay] = await Promise.all([
    db().user.findUniqueOrThrow({
      where: { id: userId },
      select: { ...DETAILS, payeeChangedAt: true },
    }),
    payeeHistory(userId, limit),
    db().payoutTransfer.findFirst({
      where: { testerId: userId, leftOutAt: null, batch: { status: "prepared" } },
      select: { id: true },
    }),
  ]);
  const { payeeChangedAt, ...details } = user;
  const payee = {
    ...details,
    changedAt: payeeChangedAt,
    changedBy: changes[0]?.by ?? null,
    paymentUnderWay: underWay !== null,
  };
  return { payee, changes };
}

type ChangeRow = {
  id: number;
  userId: number;
  at: Date;
  actor: { id: number; name: string };
  oldPayeeName: string | null;
  oldKaspiPhone: string | null;
  oldIban: string | null;
  newPayeeName: string | null;
  newKaspiPhone: string | null;
  newIban: string | null;
};

/** With the actor's name in the same statement. */
const CHANGES = Prisma.sql`
  SELECT c.id, c.user_id AS "userId", c.at, jsonb_build_object('id', a.id, 'name', a.name) AS actor,
         c.old_payee_name AS "oldPayeeName", c.old_kaspi_phone AS "oldKaspiPhone", c.old_iban AS "oldIban",
         c.new_payee_name AS "newPayeeName", c.new_kaspi_phone AS "newKaspiPhone", c.new_iban AS "newIban"
    FROM payee_changes c JOIN users a ON a.id = c.actor_id`;

/** One person's latest changes, newest first. */
export async function payeeHistory(userId: number, limit: number): Promise<PayeeChange[]> {
  const rows = await db().$queryRaw<ChangeRow[]>`
    ${CHANGES} WHERE c.user_id = ${userId} ORDER BY c.id DESC LIMIT ${limit}`;
  return rows.map(payeeChange);
}

/** What these people changed after `since`, oldest first: what a payer should know of. */
export async function payeeChangesSince(
  userIds: readonly number[],
  since: Date,
  tx: Tx = db(),
): Promise<PayeeChange[]> {
  const rows = await tx.$queryRaw<ChangeRow[]>`
    ${CHANGES} WHERE c.user_id = ANY (${[...userIds]}::int[]) AND c.at > ${since.toISOString()}::timestamptz
     ORDER BY c.id`;
  return rows.map(payeeChange);
}

function payeeChange(row: ChangeRow): PayeeChange {
  return {
    ...{ id: row.id, userId: row.userId, at: row.at, by: row.actor },
    old: { payeeName: row.oldPayeeName, kaspiPhone: row.oldKaspiPhone, iban: row.oldIban },
    new: { payeeName: row.newPayeeName, kaspiPhone: row.newKaspiPhone, iban: row.newIban },
  };
}

/**
 * Changes where somebody is paid, and writes down that it did. `shownAt` is when the details were last changed as the
 * form knew it. Returns false, and writes nothing, when they are these already. Throws Refusal `not_found`, or
 * `payee_changed` when somebody else, or another window, was faster.
 */
export function changePayee(
  change: {
    readonly userId: number;
    readonly details: PayeeDetails;
    readonly shownAt: Date | null;
  },
  act: Act,
): Promise<boolean> {
  const { userId, details, shownAt } = change;
  return transaction(async (tx) => {
    const old = await lockPayee(tx, userId);
    if (isSamePayee(old, details)) return false;
    if (old.changedAt?.getTime() !== shownAt?.getTime())
      refuse({ code: "payee_changed", at: old.changedAt });
    const at = afterLast(act.at, old.changedAt);
    await tx.payeeChange.create({
      data: {
        ...{ userId, actorId: act.actorId, at },
        ...{ oldPayeeName: old.payeeName, oldKaspiPhone: old.kaspiPhone, oldIban: old.iban },
        ...{
          newPayeeName: details.payeeName,
          newKaspiPhone: details.kaspiPhone,
          newIban: details.iban,
        },
      },
      select: { id: true },
    });
    const { payeeName, kaspiPhone, iban } = details;
    await tx.user.update({
      where: { id: userId },
      data: { payeeName, kaspiPhone, iban, payeeChangedAt: at },
      select: { id: true },
    });
    return true;
  });
}

type LockedPayee = PayeeDetails & { readonly changedAt: Date | null };

async function lockPayee(tx: Tx, userId: number): Promise<LockedPayee> {
  const [row] = await tx.$queryRaw<LockedPayee[]>`
    SELECT payee_name AS "payeeName", kaspi_phone AS "kaspiPhone", iban, payee_changed_at AS "changedAt"
      FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
  return row ?? refuse({ code: "not_found" });
}

// The database insists that a later change has a later time: clocks stand still, and go back.
function afterLast(at: Date, last: Date | null): Date {
  return last === null || at > last ? at : new Date(last.getTime() + 1);
}
