import { db } from "~/database/client.server";
import type { IssueEventKind } from "~/domain/issue-move";
import type { IssueStatus } from "~/domain/issue-status";
import { type Currency, type Money, toMinor } from "~/domain/money";
import type { PayoutStatus } from "~/domain/payout-status";
import { cycleCurrency, payoutRatesFrom, suggestedAmountCentsFor } from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import type { Prisma } from "~/generated/prisma/client";

/** Enough for every issue in the inbox, which is young; an older one shows its latest. */
const EVENTS_SHOWN = 20;

export type TriageEvent = {
  readonly version: number;
  readonly kind: IssueEventKind;
  readonly at: Date;
  /** Null: the import. */
  readonly by: string | null;
  readonly fromStatus: IssueStatus | null;
  readonly toStatus: IssueStatus;
  readonly money: Money | null;
  readonly reason: string | null;
  readonly note: string | null;
};

/** An issue as the right pane of Triage shows it: to be decided, or, if somebody was faster, as it now stands. */
export type TriageIssue = {
  readonly id: number;
  readonly version: number;
  readonly title: string;
  readonly body: string;
  readonly severity: Severity;
  readonly status: IssueStatus;
  readonly payoutStatus: PayoutStatus;
  readonly filedAt: Date;
  readonly cycle: { readonly id: number; readonly name: string; readonly isOpen: boolean };
  readonly tester: { readonly id: number; readonly name: string };
  /** What an amount typed here would be in. */
  readonly currency: Currency;
  readonly suggested: Money | null;
  /** Oldest first. */
  readonly events: readonly TriageEvent[];
};

const SHOWN = {
  id: true,
  version: true,
  title: true,
  body: true,
  severity: true,
  status: true,
  payoutStatus: true,
  filedAt: true,
  createdAt: true,
  tester: { select: { id: true, name: true } },
  cycle: { select: { id: true, name: true, status: true, metadata: true } },
  events: {
    orderBy: { version: "desc" },
    take: EVENTS_SHOWN,
    select: {
      version: true,
      kind: true,
      at: true,
      actor: { select: { name: true } },
      fromStatus: true,
      toStatus: true,
      amount: true,
      currency: true,
      reason: true,
      note: true,
    },
  },
} as const satisfies Prisma.IssueSelect;

type IssueRow = Prisma.IssueGetPayload<{ select: typeof SHOWN }>;

/** Null when there is none of that number; a draft is still its tester's own. */
export async function triageIssue(issueId: number): Promise<TriageIssue | null> {
  const row = await db().issue.findFirst({
    where: { id: issueId, status: { not: "draft" } },
    select: SHOWN,
  });
  if (!row) return null;
  const { cycle, filedAt, createdAt, events, ...issue } = row;
  const payoutRates = payoutRatesFrom(cycle.metadata);
  return {
    ...issue,
    filedAt: filedAt ?? createdAt,
    cycle: { id: cycle.id, name: cycle.name, isOpen: cycle.status === "open" },
    currency: cycleCurrency(payoutRates),
    suggested: suggestedAmountCentsFor({ payoutRates }, issue.severity),
    events: events.map(triageEvent).reverse(),
  };
}

function triageEvent({ actor, amount, currency, ...event }: IssueRow["events"][number]) {
  return {
    ...event,
    by: actor?.name ?? null,
    money: amount === null || currency === null ? null : { currency, amount: toMinor(amount) },
  };
}
