import type { Role } from "./permission";
/** A view as another user lasts at most this long (DESIGN 7); the database says the same in longest_view(). */
export const LONGEST_VIEW_MINUTES = 30;

/** Why somebody may not be viewed as. */
export type ViewAsProblem = "oneself" | "not_tester" | "deactivated" | "nested";

type Target = { readonly id: number; readonly role: Role; readonly active: boolean };

/** Whether somebody of this role is ever viewed as: an admin's rights are not borrowed. */
export const isViewable = (role: Role): boolean => role === "tester";

/** Null when `adminId` may view the app as `target`. */
export function viewAsProblem(adminId: number, target: Target): ViewAsProblem | null {
  if (target.id === adminId) return "oneself";
  if (!isViewable(target.role)) return "not_tester";
  return target.active ? null : "deactivated";
}
