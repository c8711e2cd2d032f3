import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import type { T } from "~/i18n/translator";
import type { IssueStatus } from "~/domain/issue-status";
import type { PayoutStatus } from "~/domain/payout-status";
import type { IssueView } from "~/models/issue.server";
import type { SimilarIssue } from "~/models/own-similar-issues.server";
import type { Upload } from "./upload.server";

/** What a refused form of the issue's page says, in place and with everything that was typed. */
export type IssueAnswer = {
  intent: string;
  errors: FieldErrors;
  values: FieldValues;
  /** Offered once before filing. */
  similar?: SimilarOffer;
  /** What the new status would do to the money, to be confirmed. */
  confirm?: StatusEffect;
};

/** Issues that look the same, and what the form posts to say that they were seen. */
export type SimilarOffer = { readonly issues: readonly SimilarIssue[]; readonly seen: string };

export type StatusEffect = { readonly to: IssueStatus; readonly payout: PayoutStatus };

export type IssuePost = {
  form: FormData;
  upload: Upload | null;
  issue: IssueView;
  viewer: { id: number; role: "tester" | "admin" };
  at: Date;
  zone: string;
  t: T;
};
