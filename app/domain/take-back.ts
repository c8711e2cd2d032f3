/** What becomes of money that was paid and should not have been, or did not arrive (DESIGN 3). */
import { type IssueMove, type IssueState, reverse, voidPaid } from "./issue-move";
import type { ReversalKind } from "./payment";

/** The first two put the issue back into the pay queue, the others make it void for good. */
export const TAKE_BACKS = [
  "bounced",
  "never_sent",
  "void_returned",
  "void_never_sent",
  "void_kept",
] as const;
export type TakeBack = (typeof TAKE_BACKS)[number];

export function isVoid(takeBack: TakeBack): boolean {
  return takeBack.startsWith("void_");
}

/** The kind of the reversal row; null where the money stays with the tester and none is written. */
export function reversalKindOf(takeBack: TakeBack): ReversalKind | null {
  switch (takeBack) {
    case "bounced":
      return "bounced";
    case "never_sent":
    case "void_never_sent":
      return "never_sent";
    case "void_returned":
      return "returned";
    case "void_kept":
      return null;
  }
}

/** The move of the issue, by the same rules as when it is moved alone. */
export function takeBackMove(state: IssueState, takeBack: TakeBack, reason: string): IssueMove {
  switch (takeBack) {
    case "bounced":
    case "never_sent":
      return reverse(state, { kind: takeBack, reason });
    case "void_returned":
      return voidPaid(state, { money: "returned", reason });
    case "void_never_sent":
      return voidPaid(state, { money: "never_sent", reason });
    case "void_kept":
      return voidPaid(state, { money: "kept", reason });
  }
}

/** How it was taken back, told from the event and the reversal row that were written then. */
export function takeBackOf(voided: boolean, kind: ReversalKind | null): TakeBack {
  if (kind === null) return "void_kept";
  if (!voided) return kind === "bounced" ? "bounced" : "never_sent";
  return kind === "returned" ? "void_returned" : "void_never_sent";
}
