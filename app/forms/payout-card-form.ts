import { z } from "./zod";
import { ISSUE_STATUSES, type IssueStatus, NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { VOIDED_MONEY } from "~/domain/issue-move";
import { CURRENCIES } from "~/domain/money";
import { type IsoDate, problemWithPaidOn } from "~/domain/team-date";
import { SEVERITIES } from "~/domain/severity";
import type { Key } from "~/i18n/catalogue";
import { amountText } from "./amount-field";
import { optionalText, requiredLine, rowId } from "./field-types";
import { given } from "./given-field";
import { message } from "./message-text";
import { paidOnProblemKey, typedDate } from "./transfer-details";

/** issue_events_text_length */
const LONGEST_NOTE = 2_000;

/** Of the issue that the page showed: anything newer is a 409. */
const version = rowId();
/** The suggested amount that the page showed, in minor units. */
const expected = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number);
/** The one that the page showed it in. */
const currency = z.enum(CURRENCIES).optional();
const note = optionalText(LONGEST_NOTE);
/** Why something was changed or taken back: the tester reads it. */
const why = given("issues.card.whyMissing").pipe(requiredLine(LONGEST_NOTE));

// Messages of their own, because an error summary lists them without the labels.
const CHOOSE = {
  reason: "issues.card.reasonMissing",
  status: "issues.card.statusMissing",
  severity: "issues.severityRequired",
  kind: "issues.card.kindMissing",
  money: "issues.card.moneyMissing",
} as const satisfies Record<string, Key>;

/** Where an admin can move a filed issue. */
const FILED_STATUSES = ISSUE_STATUSES.filter(
  (status): status is Exclude<IssueStatus, "draft"> => status !== "draft",
);

/** The forms of the payout card, each under the intent that its button posts. */
const forms = {
  approve: z.object({ version, expected, currency }),
  approveCustom: z.object({
    version,
    expected: expected.optional(),
    currency,
    amountText: amountText(),
    note,
  }),
  reject: z.object({ version, reason: z.enum(NEGATIVE_CLOSINGS, CHOOSE.reason), note }),
  changeAmount: z.object({ version, amountText: amountText(), note: why }),
  void: z.object({ version, reason: why }),
  status: z.object({
    version,
    to: z.enum(FILED_STATUSES, CHOOSE.status),
    note,
    /** The status whose effect on the money was read and agreed to. */
    confirmed: z.string().optional(),
  }),
  severity: z.object({ version, severity: z.enum(SEVERITIES, CHOOSE.severity) }),
  undo: z.object({ version }),
};

/** What has to be known to judge the date of a reversal. */
export type ReversalDates = {
  /** When the money that is taken back had been paid; null when nothing is. */
  readonly paidOn: IsoDate | null;
  readonly now: Date;
  /** The team's, IANA. */
  readonly zone: string;
};

/** The same with the two forms that write a reversal. */
export function payoutCardForms(dates: ReversalDates) {
  const on = z
    .string()
    .transform(typedDate)
    .superRefine((date, context) => {
      const problem = problemWithPaidOn(date, dates.now, dates.zone);
      if (problem) context.addIssue(message(paidOnProblemKey(problem)));
      else if (dates.paidOn !== null && date < dates.paidOn)
        context.addIssue(message("issues.card.beforePayment" satisfies Key));
    });
  return {
    ...forms,
    reverse: z.object({
      version,
      kind: z.enum(["bounced", "never_sent"], CHOOSE.kind),
      reason: why,
      on,
    }),
    voidPaid: z.object({ version, money: z.enum(VOIDED_MONEY, CHOOSE.money), reason: why, on }),
  };
}

export type CardIntent = keyof ReturnType<typeof payoutCardForms>;

export const CARD_INTENTS = [
  "approve",
  "approveCustom",
  "reject",
  "changeAmount",
  "void",
  "reverse",
  "voidPaid",
  "status",
  "severity",
  "undo",
] as const satisfies readonly CardIntent[];
