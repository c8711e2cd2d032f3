import type { Role } from "./permission";

/** Why an account was not changed. */
export type PersonProblem =
  /** Nobody demotes or deactivates themselves: a slip would lock them out. */
  | "oneself"
  /** Somebody must be able to let the others in again. */
  | "last_admin"
  /** It is so already: somebody else was faster, or the button was pressed twice. */
  | "unchanged"
  | "deactivated"
  | "email_taken";

type Account = { readonly id: number; readonly role: Role; readonly active: boolean };

/** What somebody can be made instead. */
export const otherRole = (role: Role): Role => (role === "admin" ? "tester" : "admin");

/** Null when `actorId` may make `account` an admin or a tester. */
export function roleChangeProblem(
  actorId: number,
  account: Account,
  to: Role,
  otherActiveAdmins: number,
): PersonProblem | null {
  if (account.role === to) return "unchanged";
  if (to === "admin") return account.active ? null : "deactivated";
  return losesAdmin(actorId, account, otherActiveAdmins);
}

/** Null when `actorId` may deactivate `account`. What it is owed stays payable (DESIGN 5). */
export function deactivationProblem(
  actorId: number,
  account: Account,
  otherActiveAdmins: number,
): PersonProblem | null {
  return account.active ? losesAdmin(actorId, account, otherActiveAdmins) : "unchanged";
}

function losesAdmin(
  actorId: number,
  account: Account,
  otherActiveAdmins: number,
): PersonProblem | null {
  if (account.id === actorId) return "oneself";
  const isActiveAdmin = account.role === "admin" && account.active;
  return isActiveAdmin && otherActiveAdmins === 0 ? "last_admin" : null;
}
