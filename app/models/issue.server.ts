import { randomUUID } from "node:crypto";
import { db } from "~/database/client.server";
import type { IssueStatus } from "~/domain/issue-status";
import { type Currency, type Money, money } from "~/domain/money";
import {
  livePayment,
  type MoneyStanding,
  moneyStanding,
  type PaymentRow,
  type PayoutMethod,
} from "~/domain/payment";
import type { PayoutStatus } from "~/domain/payout-status";
import { mayDo } from "~/domain/permission";
import {
  cycleCurrency,
  payoutRatesFrom,
  type SeverityRate,
  severityRates,
  suggestedAmountCentsFor,
} from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import type { IsoDate } from "~/domain/team-date";
import type { Prisma } from "~/generated/prisma/client";
import { knownLocale, type Locale } from "~/i18n/locale";
import { type Reader, visibleIssue } from "./issue-visibility.server";
import { type CommentView, COMMENT, commentView, COMMENTS_SHOWN } from "./comment.server";
import { markdownToHtml } from "./markdown.server";
import { SCREENSHOT_FACTS, type ScreenshotFacts } from "./screenshot.server";
import { peopleOf } from "./mentioned-people.server";
import {
  duplicateOfIn,
  type HistoryEntry,
  issueHistory,
  payoutTurningPoint,
} from "~/domain/issue-history";

export type IssueView = {
  readonly id: number;
  /** What the admin's forms post, so that nothing is decided on an outdated page. */
  readonly version: number;
  readonly title: string;
  readonly body: string;
  /** The same as safe HTML. */
  readonly bodyHtml: string;
  readonly screenshots: readonly ScreenshotFacts[];
  /** Oldest first; of very many only the newest. */
  readonly comments: readonly CommentView[];
  readonly earlierComments: number;
  /** One-time key of the comment that is written on this page. */
  readonly commentKey: string;
  readonly severity: Severity;
  readonly status: IssueStatus;
  readonly payoutStatus: PayoutStatus;
  readonly cycle: { readonly id: number; readonly name: string; readonly isOpen: boolean };
  /** What the cycle pays per severity, worst first. */
  readonly rates: readonly SeverityRate[];
  /** What an amount typed now would be in. */
  readonly currency: Currency;
  /** `locale`: what the tester chose to read; null where nothing was chosen. */
  readonly tester: { readonly id: number; readonly name: string; readonly locale: Locale | null };
  /** From the commitment on, whatever became of the money. */
  readonly approved: Money | null;
  /** What the rates say now; null where they say nothing. */
  readonly suggested: Money | null;
  readonly filedAt: Date | null;
  /** For an admin: the transfer whose payment stands, and what is recorded of it. */
  readonly sent: SentTransfer | null;
  /** The prepared batch that holds it, and in which nothing about it can change. */
  readonly heldIn: number | null;
  readonly standing: MoneyStanding;
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
};

/** How the money went out, with the latest correction. */
export type SentTransfer = {
  readonly transferId: number;
  readonly batchId: number;
  /** Issues that the same transfer paid, this one among them. */
  readonly issues: number;
  readonly method: PayoutMethod;
  readonly reference: string | null;
  readonly paidOn: IsoDate;
  /** Of the whole transfer; 0 where nothing was corrected. */
  readonly correctionId: number;
};

/** Null when there is no such issue for this reader. */
export async function issueView(issueId: number, reader: Reader): Promise<IssueView | null> {
  const row = await db().issue.findFirst({
    where: visibleIssue(issueId, reader),
    select: WHOLE_ISSUE,
  });
  if (!row) return null;
  const { id, version, title, body, severity, status, payoutStatus, filedAt } = row;
  const payoutRates = payoutRatesFrom(row.cycle.metadata);
  const payments = row.payments.map(paymentRow);
  const seesBatches = mayDo(reader.role, "seeBatches");
  const [people, sent] = await Promise.all([
    peopleOf([row.testerId, ...row.events.map(({ actorId }) => actorId)]),
    seesBatches ? sentTransfer(row.payments) : null,
  ]);
  const { name = "", locale = null } = people.get(row.testerId) ?? {};
  const tester = { id: row.testerId, name, locale };
  const events = row.events.map((event) => ({
    ...event,
    actor: people.get(event.actorId) ?? null,
  }));
  const history = issueHistory(events, payments);
  const { at: since, reason, note, detail } = payoutTurningPoint(events);
  const told = { since, reason, note, duplicateOf: duplicateOfIn(detail) };
  return {
    ...{ id, version, title, body, severity, status, payoutStatus, tester, filedAt, history },
    bodyHtml: markdownToHtml(body),
    screenshots: row.screenshots,
    comments: row.comments.map(commentView).reverse(),
    earlierComments: Math.max(0, row._count.comments - COMMENTS_SHOWN),
    commentKey: randomUUID(),
    cycle: { id: row.cycle.id, name: row.cycle.name, isOpen: row.cycle.status === "open" },
    rates: severityRates(payoutRates),
    currency: row.approvedCurrency ?? cycleCurrency(payoutRates),
    approved:
      row.approvedAmount === null || row.approvedCurrency === null
        ? null
        : money(row.approvedCurrency, row.approvedAmount),
    suggested: suggestedAmountCentsFor({ payoutRates }, severity),
    sent,
    heldIn: seesBatches ? (row.items[0]?.batchId ?? null) : null,
    standing: moneyStanding({ status, payoutStatus, ...told, payments }),
  };
}

/** The language in which the issue's tester chose to read; null where nothing was chosen, or for no such issue. */
export async function testerLocale(issueId: number): Promise<Locale | null> {
  const row = await db().issue.findUnique({
    where: { id: issueId },
    select: { tester: { select: { locale: true } } },
  });
  return knownLocale(row?.tester.locale);
}

const PAYMENT = {
  seq: true,
  transferId: true,
  batchId: true,
  paidOn: true,
  method: true,
  reference: true,
  kind: true,
  corrections: { orderBy: { id: "desc" }, take: 1, select: { reference: true, paidOn: true } },
} satisfies Prisma.PaymentSelect;

const WHOLE_ISSUE = {
  id: true,
  version: true,
  title: true,
  body: true,
  severity: true,
  status: true,
  payoutStatus: true,
  approvedAmount: true,
  approvedCurrency: true,
  filedAt: true,
  cycle: { select: { id: true, name: true, status: true, metadata: true } },
  testerId: true,
  items: { where: { state: "reserved" }, select: { batchId: true } },
  events: { orderBy: { version: "asc" } },
  payments: { orderBy: { seq: "asc" }, select: PAYMENT },
  screenshots: { orderBy: { position: "asc" }, select: SCREENSHOT_FACTS },
  comments: { orderBy: { id: "desc" }, take: COMMENTS_SHOWN, select: COMMENT },
  _count: { select: { comments: true } },
} satisfies Prisma.IssueSelect;

type WholeIssue = Prisma.IssueGetPayload<{ select: typeof WHOLE_ISSUE }>;

async function sentTransfer(payments: WholeIssue["payments"]): Promise<SentTransfer | null> {
  const live = livePayment(payments);
  if (!live) return null;
  const { reference, paidOn, method } = paymentRow(live);
  const { transferId, batchId } = live;
  const [last, issues] = await Promise.all([
    db().paymentCorrection.aggregate({
      where: { payment: { transferId, amount: { gt: 0 } } },
      _max: { id: true },
    }),
    db().payment.count({ where: { transferId, amount: { gt: 0 } } }),
  ]);
  const correctionId = last._max.id ?? 0;
  return { transferId, batchId, issues, method, reference, paidOn, correctionId };
}

/** As views show a payment: with its latest correction (DESIGN 3). */
function paymentRow(row: WholeIssue["payments"][number]): PaymentRow {
  const { seq, method, kind: reversalKind, corrections } = row;
  const { reference, paidOn } = corrections[0] ?? row;
  return { seq, method, reversalKind, reference, paidOn: paidOn.toISOString().slice(0, 10) };
}

/** The paid-on date of the payment that stands, as it is shown; null when none does. */
export async function livePaidOn(issueId: number): Promise<IsoDate | null> {
  const rows = await db().payment.findMany({ where: { issueId }, select: PAYMENT });
  return livePayment(rows.map(paymentRow))?.paidOn ?? null;
}
