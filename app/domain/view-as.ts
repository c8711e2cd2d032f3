/** A view as another user lasts at most this long (DESIGN 7); the database says the same in longest_view(). */
export const LONGEST_VIEW_MINUTES = 30;

/** Why somebody may not be viewed as. */
export type ViewAsProblem = "oneself" | "not_tester" | "deactivated" | "nested";

type Target = { readonly id: number; readonly role: "tester" | "admin"; readonly active: boolean };

/** Null when `adminId` may view the app as `target`. Only testers: an admin's rights are not borrowed. */
export function viewAsProblem(adminId: number, target: Target): ViewAsProblem | null {
  if (target.id === adminId) return "oneself";
  if (target.role !== "tester") return "not_tester";
  return target.active ? null : "deactivated";
}
