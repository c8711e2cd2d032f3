/** The ledger columns of an import file: what became of an issue's money before tiyn (DESIGN 8). */
import type { ImportContext, ImportStatus } from "./import-context";
import type { ImportCells } from "./import-header";
import { type ImportProblemCode, type ImportProblems, quoted } from "./import-problem";
import { readImportDate } from "./import-time";
import { isNegativeClosing } from "./issue-status";
import { CURRENCIES, type Currency, isCurrency, parseAmountText } from "./money";
import {
  isPayoutMethod,
  MAX_REFERENCE_LENGTH,
  PAYOUT_METHODS,
  type PayoutMethod,
  problemWithReference,
} from "./payment";
import { isPayoutStatus, PAYOUT_STATUSES, type PayoutStatus } from "./payout-status";
import { dateInZone, EARLIEST_PAID_ON, type IsoDate, problemWithPaidOn } from "./team-date";

/** `amount` in minor units. `currency` null: the cycle's, which the file does not know. */
type Committed = { readonly amount: number; readonly currency: Currency | null };

export type ImportPayment = {
  readonly paidOn: IsoDate;
  readonly method: PayoutMethod;
  readonly reference: string | null;
};

export type ImportPayout =
  | { readonly status: "pending" }
  | { readonly status: "rejected" }
  | ({ readonly status: "approved" } & Committed)
  | ({ readonly status: "void" } & Committed)
  | ({ readonly status: "paid" } & Committed & ImportPayment);

/** What the other columns of the row say; null where they say nothing usable. */
type Issue = {
  readonly status: ImportStatus | null;
  readonly createdAt: Date | null;
  readonly reporterEmail: string | null;
};

/** Null when the row has a problem. */
export function readPayout(
  cells: ImportCells,
  issue: Issue,
  context: ImportContext,
  problems: ImportProblems,
): ImportPayout | null {
  const status = readPayoutStatus(cells, issue, problems);
  if (status === null) return null;
  if (status === "pending" || status === "rejected") {
    refuseLedger(cells, ["amount", "paid_on", "method", "reference"], status, problems);
    readCurrency(cells, problems);
    return { status };
  }
  refuseOwn(status, issue, context, problems);
  const amount = readAmount(cells, status, problems);
  const currency = readCurrency(cells, problems);
  if (status === "paid") {
    const payment = readPayment(cells, issue, context, problems);
    return amount === null || payment === null ? null : { status, amount, currency, ...payment };
  }
  refuseLedger(cells, ["paid_on", "method", "reference"], status, problems);
  return amount === null ? null : { status, amount, currency };
}

/**
 * An empty cell leaves it to the status: a negative closing rejects the payout, anything else
 * leaves it pending. An explicit one must be a state that tiyn itself can reach.
 */
function readPayoutStatus(
  cells: ImportCells,
  { status }: Issue,
  problems: ImportProblems,
): PayoutStatus | null {
  const text = cells.payout_status.trim().toLowerCase();
  const closedNegative = isNegativeClosing(status);
  if (text === "") return closedNegative ? "rejected" : "pending";
  if (!isPayoutStatus(text)) {
    const known = PAYOUT_STATUSES.join(", ");
    const what = `payout_status ${quoted(cells.payout_status)} is none of ${known}`;
    return problems.add("payout_status_unknown", what);
  }
  const contradicts =
    (closedNegative && (text === "pending" || text === "approved")) ||
    (status === "open" && text === "rejected");
  if (contradicts) {
    const what = `payout_status ${text} contradicts status ${status}`;
    return problems.add("payout_contradicts_status", what);
  }
  return text;
}

/** Nobody approves or pays their own issues (DESIGN 3), nor writes down that they did. */
function refuseOwn(
  status: PayoutStatus,
  { reporterEmail }: Issue,
  { actorEmail }: ImportContext,
  problems: ImportProblems,
): void {
  if (reporterEmail === null || actorEmail === null) return;
  if (reporterEmail.toLowerCase() !== actorEmail.trim().toLowerCase()) return;
  const what = `payout_status is ${status}, and the reporter is who imports: let another admin import it`;
  problems.add("own_issue", what);
}

type LedgerColumn = "amount" | "paid_on" | "method" | "reference";

/** A currency alone promises nothing: spreadsheets carry it in every row. */
function refuseLedger(
  cells: ImportCells,
  columns: readonly LedgerColumn[],
  status: PayoutStatus,
  problems: ImportProblems,
): void {
  for (const column of columns) {
    if (cells[column].trim() === "") continue;
    const given = cells.payout_status.trim() === "" ? "empty" : status;
    const code: ImportProblemCode = `${column}_unexpected`;
    problems.add(code, `${column} is given, but payout_status is ${given}`);
  }
}

function readAmount(
  { amount }: ImportCells,
  status: PayoutStatus,
  problems: ImportProblems,
): number | null {
  if (amount.trim() === "") {
    return problems.add("amount_missing", `payout_status is ${status}, but amount is missing`);
  }
  const parsed = parseAmountText(amount);
  if (parsed.ok) return parsed.amount;
  switch (parsed.problem) {
    case "not_positive":
      return problems.add("amount_not_positive", `amount ${quoted(amount)} is not above zero`);
    case "too_large":
      return problems.add("amount_too_large", `amount ${quoted(amount)} is over 10000000.00`);
    case "empty":
    case "format":
      return problems.add(
        "amount_invalid",
        `amount ${quoted(amount)} is not a number like 15000 or 15000.50`,
      );
  }
}

function readCurrency(cells: ImportCells, problems: ImportProblems): Currency | null {
  const currency = cells.currency.trim().toUpperCase();
  if (currency === "" || isCurrency(currency)) return currency === "" ? null : currency;
  const known = CURRENCIES.join(", ");
  return problems.add("currency_unknown", `currency ${quoted(cells.currency)} is none of ${known}`);
}

function readPayment(
  cells: ImportCells,
  issue: Issue,
  context: ImportContext,
  problems: ImportProblems,
): ImportPayment | null {
  const paidOn = readPaidOn(cells, issue, context, problems);
  const method = readMethod(cells, problems);
  const reference = cells.reference.trim();
  if (method !== null) checkReference(method, reference, problems);
  if (paidOn === null || method === null) return null;
  return { paidOn, method, reference: reference === "" ? null : reference };
}

function readPaidOn(
  cells: ImportCells,
  { createdAt }: Issue,
  { now, zone }: ImportContext,
  problems: ImportProblems,
): IsoDate | null {
  const text = cells.paid_on.trim();
  if (text === "") {
    return problems.add("paid_on_missing", "payout_status is paid, but paid_on is missing");
  }
  const date = readImportDate(text);
  switch (date === null ? "format" : problemWithPaidOn(date, now, zone)) {
    case "format":
      return problems.add(
        "paid_on_invalid",
        `paid_on ${quoted(text)} is not a date like 2026-05-10`,
      );
    case "future":
      return problems.add("paid_on_future", `paid_on ${quoted(text)} is in the future`);
    case "too_old":
      return problems.add(
        "paid_on_too_old",
        `paid_on ${quoted(text)} is before ${EARLIEST_PAID_ON}`,
      );
    case null:
      break;
  }
  if (date !== null && createdAt !== null && date < dateInZone(createdAt, zone)) {
    return problems.add(
      "paid_on_before_created_at",
      `paid_on ${quoted(text)} is before created_at`,
    );
  }
  return date;
}

function readMethod(cells: ImportCells, problems: ImportProblems): PayoutMethod | null {
  const method = cells.method.trim().toLowerCase();
  if (isPayoutMethod(method)) return method;
  if (method === "") {
    return problems.add("method_missing", "payout_status is paid, but method is missing");
  }
  const known = PAYOUT_METHODS.join(", ");
  return problems.add("method_unknown", `method ${quoted(cells.method)} is none of ${known}`);
}

function checkReference(method: PayoutMethod, reference: string, problems: ImportProblems): void {
  switch (problemWithReference(method, reference)) {
    case "required":
      problems.add("reference_missing", `method is ${method}, but reference is missing`);
      break;
    case "too_long": {
      const limit = `reference is longer than ${MAX_REFERENCE_LENGTH} characters`;
      problems.add("reference_too_long", limit);
      break;
    }
    case "control_characters": {
      const what = `reference ${quoted(reference)} contains control or invisible characters`;
      problems.add("reference_control_characters", what);
      break;
    }
    case null:
  }
}
