/** Every event that the state machine of issue-move.ts can write, as a list to compare a history with. */
import {
  approve,
  changeApprovedAmount,
  changeStatus,
  type IssueMove,
  type IssueState,
  markPaid,
  rejectPayout,
  reverse,
  submitDraft,
  undo,
  VOIDED_MONEY,
  voidCommitment,
  voidPaid,
} from "./issue-move";
import {
  ISSUE_STATUSES,
  type IssueStatus,
  isNegativeClosing,
  NEGATIVE_CLOSINGS,
} from "./issue-status";
import type { Money } from "./money";
import { hasApprovedAmount, PAYOUT_STATUSES, type PayoutStatus } from "./payout-status";

export type LegalEvent = {
  readonly kind: string;
  readonly from: { readonly status: IssueStatus; readonly payoutStatus: PayoutStatus } | null;
  readonly to: { readonly status: IssueStatus; readonly payoutStatus: PayoutStatus };
};

/** What changes words or the place of an issue, and nothing of its state. */
const KEEPS_STATE = ["edited", "severity_changed", "cycle_changed"] as const;

const SOME: Money = { currency: "KZT", amount: 100 };
const OTHER: Money = { currency: "KZT", amount: 200 };
const reason = "a reason";

/** The states that an issue can be in (the database's checks say the same). */
export function possibleStates(): IssueState[] {
  return ISSUE_STATUSES.flatMap((status) =>
    PAYOUT_STATUSES.filter((payoutStatus) => isPossible(status, payoutStatus)).map(
      (payoutStatus): IssueState => ({
        status,
        payoutStatus,
        approved: hasApprovedAmount(payoutStatus) ? SOME : null,
      }),
    ),
  );
}

function isPossible(status: IssueStatus, payoutStatus: PayoutStatus): boolean {
  if (status === "draft") return payoutStatus === "pending";
  return payoutStatus !== "pending" || !isNegativeClosing(status);
}

/** Found by making every move from every state; each once. */
export function legalEvents(): LegalEvent[] {
  const events = new Map<string, LegalEvent>();
  const add = (event: LegalEvent) => events.set(legalEventText(event), event);
  for (const status of ["draft", "open"] as const)
    add({ kind: "filed", from: null, to: { status, payoutStatus: "pending" } });
  for (const state of possibleStates()) {
    for (const move of movesFrom(state)) {
      if (!move.ok) continue;
      add({ kind: move.event.kind, from: state, to: move.next });
      const undone = undo(move.next, state, move.event);
      if (undone.ok) add({ kind: undone.event.kind, from: move.next, to: undone.next });
    }
    for (const kind of KEEPS_STATE) add({ kind, from: state, to: state });
  }
  return [...events.values()];
}

function movesFrom(state: IssueState): IssueMove[] {
  return [
    submitDraft(state),
    approve(state, { money: SOME }),
    changeApprovedAmount(state, { money: OTHER, note: reason }),
    voidCommitment(state, { reason }),
    markPaid(state),
    reverse(state, { kind: "bounced", reason }),
    ...VOIDED_MONEY.map((money) => voidPaid(state, { money, reason })),
    ...NEGATIVE_CLOSINGS.map((closing) => rejectPayout(state, { reason: closing })),
    ...ISSUE_STATUSES.map((to) => changeStatus(state, { to })),
  ];
}

/** One line for one event, such as "approved open/pending triaged/approved". The doctor's SQL writes the same. */
export function legalEventText({ kind, from, to }: LegalEvent): string {
  const place = (at: LegalEvent["from"]) => (at ? `${at.status}/${at.payoutStatus}` : "-");
  return `${kind} ${place(from)} ${place(to)}`;
}
