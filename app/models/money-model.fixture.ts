/**
 * The rules of DESIGN 3 and 5 once more, as plain data in memory: what the real functions are compared with. Written from
 * the design, and shares no code with app/domain.
 */

export type Status =
  | "draft"
  | "open"
  | "triaged"
  | "in_progress"
  | "fixed"
  | "closed"
  | "duplicate"
  | "cant_reproduce"
  | "wont_fix"
  | "rejected";
export type Payout = "pending" | "approved" | "rejected" | "paid" | "void";
export type Severity = "low" | "medium" | "high" | "critical";
export type Currency = "KZT" | "USD";
export type Amount = { amount: number; currency: Currency };
export type Rates = { currency: Currency } & Partial<Record<Severity, number>>;
export type Closing = "duplicate" | "cant_reproduce" | "wont_fix" | "rejected";

export const CLOSINGS: readonly Closing[] = ["duplicate", "cant_reproduce", "wont_fix", "rejected"];
const isClosing = (status: Status) => (CLOSINGS as readonly Status[]).includes(status);
const TENGE: Record<Severity, number> = {
  critical: 1_500_000,
  high: 800_000,
  medium: 300_000,
  low: 100_000,
};

/** People by number: two admins, of whom the second one files reports too, and two testers. */
export const ADMINS = [0, 1] as const;
export const REPORTERS = [1, 2, 3] as const;

export type ModelIssue = {
  readonly tester: number;
  readonly cycle: number;
  severity: Severity;
  title: string;
  status: Status;
  payout: Payout;
  approved: Amount | null;
  version: number;
  payments: Amount[];
  /** The batch that has reserved it. */
  heldIn: ModelBatch | null;
  /** What undo would lead back to. */
  undoTo: Status | null;
};

export type ModelLine = {
  readonly tester: number;
  readonly currency: Currency;
  readonly issues: readonly ModelIssue[];
  /** As it was prepared: amounts may change once a line is left out. */
  readonly total: number;
  leftOut: boolean;
};

export type ModelBatch = {
  status: "prepared" | "confirmed" | "cancelled";
  readonly lines: readonly ModelLine[];
  readonly prepared: {
    by: number;
    key: string;
    choices: readonly { issue: ModelIssue; amount: number }[];
  };
  confirmed: { by: number; key: string; reference: string } | null;
};

export type ModelCycle = { rates: Rates; isOpen: boolean };

export class MoneyModel {
  readonly cycles: ModelCycle[] = [
    { rates: { currency: "KZT" }, isOpen: true },
    { rates: { currency: "KZT" }, isOpen: true },
  ];
  readonly issues: ModelIssue[] = [];
  readonly batches: ModelBatch[] = [];

  cycleOf(issue: ModelIssue): ModelCycle {
    const cycle = this.cycles[issue.cycle];
    if (!cycle) throw new Error("there is no such cycle");
    return cycle;
  }

  suggested(issue: ModelIssue): Amount | null {
    const { rates } = this.cycleOf(issue);
    const own = rates[issue.severity];
    if (own !== undefined) return { amount: own, currency: rates.currency };
    return rates.currency === "KZT" ? { amount: TENGE[issue.severity], currency: "KZT" } : null;
  }

  payable(): ModelIssue[] {
    return this.issues.filter(({ payout, heldIn }) => payout === "approved" && heldIn === null);
  }

  file(filed: Pick<ModelIssue, "tester" | "cycle" | "severity" | "title">, draft: boolean): void {
    this.issues.push({
      ...filed,
      ...{ status: draft ? "draft" : "open", payout: "pending", approved: null, version: 1 },
      ...{ payments: [], heldIn: null, undoTo: null },
    });
  }

  /** Takes these payable issues out of the queue: one line a tester and currency. */
  prepare(issues: readonly ModelIssue[], by: number, key: string): ModelBatch {
    const groups = new Map<string, ModelIssue[]>();
    for (const issue of issues) {
      const line = `${issue.tester} ${issue.approved?.currency}`;
      groups.set(line, [...(groups.get(line) ?? []), issue]);
    }
    const lines = [...groups.values()].flatMap((group) => {
      const [first] = group;
      const currency = first?.approved?.currency;
      if (!first || !currency) return [];
      const total = group.reduce((sum, { approved }) => sum + (approved?.amount ?? 0), 0);
      return [{ tester: first.tester, currency, issues: group, total, leftOut: false }];
    });
    const choices = issues.map((issue) => ({ issue, amount: issue.approved?.amount ?? 0 }));
    const batch: ModelBatch = {
      ...{ status: "prepared", lines, confirmed: null },
      prepared: { by, key, choices },
    };
    for (const issue of issues) issue.heldIn = batch;
    this.batches.push(batch);
    return batch;
  }
}

export const openLines = (batch: ModelBatch) => batch.lines.filter(({ leftOut }) => !leftOut);

function next(issue: ModelIssue, change: Partial<ModelIssue>): void {
  Object.assign(issue, { undoTo: null, ...change, version: issue.version + 1 });
}

/** What each act does to an issue that it may be done to. */
export const acts = {
  submit: (issue: ModelIssue) => next(issue, { status: "open" }),
  edit: (issue: ModelIssue, title: string) => next(issue, { title }),
  approve: (issue: ModelIssue, approved: Amount) =>
    next(issue, {
      ...{ payout: "approved", approved, undoTo: issue.status },
      status: issue.status === "open" ? "triaged" : issue.status,
    }),
  reject: (issue: ModelIssue, reason: Closing) =>
    next(issue, {
      ...{ payout: "rejected", undoTo: issue.status },
      status: issue.status === "open" ? reason : issue.status,
    }),
  undo: (issue: ModelIssue) =>
    next(issue, { status: issue.undoTo ?? issue.status, payout: "pending", approved: null }),
  changeAmount: (issue: ModelIssue, amount: number) =>
    next(issue, { approved: issue.approved && { ...issue.approved, amount } }),
  changeSeverity: (issue: ModelIssue, severity: Severity) => next(issue, { severity }),
  changeStatus(issue: ModelIssue, to: Status) {
    const { status, payout } = issue;
    if (isClosing(to) && (payout === "pending" || payout === "approved"))
      return next(issue, { status: to, payout: "rejected", approved: null });
    if (isClosing(status) && !isClosing(to) && payout === "rejected")
      return next(issue, { status: to, payout: "pending" });
    return next(issue, { status: to });
  },
  void: (issue: ModelIssue) => next(issue, { payout: "void" }),
  pay(issue: ModelIssue) {
    if (issue.approved) issue.payments.push(issue.approved);
    next(issue, { payout: "paid", heldIn: null });
  },
  takeBack(issue: ModelIssue, payout: "approved" | "void", isReversed: boolean) {
    const { approved } = issue;
    if (isReversed && approved) issue.payments.push({ ...approved, amount: -approved.amount });
    next(issue, { payout });
  },
} as const;

export function release(line: ModelLine): void {
  for (const issue of line.issues) issue.heldIn = null;
}
