import type { FormEvent } from "react";
import type { DecisionAnswer } from "~/forms/decision-form";
import type { InboxIssue } from "~/models/triage.server";

/** A decision that was sent in the background: what the message says of it, and what undoing it posts. */
export type Sent = {
  readonly issueId: number;
  readonly text: string;
  /** The version that the decision makes. */
  readonly version: number;
};

/** A decision that was sent and not carried out. */
export type Failed = { readonly title: string; readonly answer: DecisionAnswer };

/** What scripts add to the page (app/enhancements/use-triage-desk.ts); without them there is none of it. */
export type Quick = {
  readonly onDecide: (event: FormEvent<HTMLFormElement>) => void;
  readonly onUndo: (event: FormEvent<HTMLFormElement>) => void;
  readonly onDismiss: (issueId: number) => void;
  /** The last decision, under way or done. */
  readonly last: Sent | null;
  /** Those that nobody has looked at yet. */
  readonly failed: readonly Failed[];
  /** The issue that is shown next, while the rest of it is still on its way. */
  readonly coming: InboxIssue | null;
};
