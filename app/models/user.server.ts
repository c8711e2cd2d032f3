import { db } from "~/database/client.server";
import type { Tx } from "~/database/transaction.server";
import type { PayeeDetails } from "~/domain/payee";
import type { UserRole } from "~/generated/prisma/client";

/** How an e-mail address is compared and throttled by; it is kept as it was written. */
export function comparableEmail(email: string): string {
  return email.trim().toLowerCase();
}

export type Account = {
  id: number;
  name: string;
  role: UserRole;
  locale: string | null;
  passwordHash: string | null;
};

/** Someone who may sign in: found without regard to case, and not deactivated. */
export async function findAccountByEmail(email: string): Promise<Account | null> {
  // In SQL because the unique index is on lower(email), which Prisma's insensitive mode (ILIKE) would not use.
  const [account] = await db().$queryRaw<Account[]>`
    SELECT id, name, role::text AS role, locale, password_hash AS "passwordHash"
      FROM users WHERE lower(email) = lower(${email.trim()}) AND deactivated_at IS NULL`;
  return account ?? null;
}

export type NewUser = {
  name: string;
  email: string;
  role: UserRole;
  passwordHash?: string | null;
  locale?: string | null;
} & Partial<PayeeDetails>;

/**
 * Payee details are taken as stored (domain/payee.ts). Rejects with a unique violation when the e-mail address is taken,
 * whatever its case.
 */
export function createUser(user: NewUser, tx: Tx = db()): Promise<{ id: number }> {
  const { name, email, role, passwordHash, locale, payeeName, kaspiPhone, iban } = user;
  return tx.user.create({
    data: { name, email: email.trim(), role, passwordHash, locale, payeeName, kaspiPhone, iban },
    select: { id: true },
  });
}

/** The name and address of somebody who is there. */
export function findPerson(id: number): Promise<{ name: string; email: string }> {
  return db().user.findUniqueOrThrow({ where: { id }, select: { name: true, email: true } });
}
