/**
 * What an admin must tick before a batch is confirmed (DESIGN 5). Warnings never block: each
 * describes something that is usually a mistake and sometimes exactly right.
 */
import type { Currency } from "./money";
import { type PayoutMethod, storedReference } from "./payment";
import { daysBetween, type IsoDate } from "./team-date";

/** Whoever takes over an account changes the payee and waits for the next payday. */
export const PAYEE_CHANGE_WATCH_DAYS = 7;

/** The same sum to the same person within a week is more often a double payment than a habit. */
export const SAME_TOTAL_WATCH_DAYS = 7;

/** More than this many times the largest transfer so far is unusual … */
export const LARGE_TRANSFER_MULTIPLE = 3;

/** … but up to here nobody minds (₸ 100,000; $ 200: a good week's bugs). */
export const LARGE_TRANSFER_FLOOR_MINOR: Readonly<Record<Currency, number>> = {
  KZT: 10_000_000,
  USD: 20_000,
};

/** Where there is nothing to compare with: more than a newcomer's first month (₸ 300,000; $ 600). */
export const LARGE_FIRST_TRANSFER_MINOR: Readonly<Record<Currency, number>> = {
  KZT: 30_000_000,
  USD: 60_000,
};

/** One transfer about to be confirmed; amounts in minor units of `currency`. */
export type TransferFacts = {
  readonly testerId: number;
  readonly currency: Currency;
  readonly total: number;
  /** Null while the batch is only prepared and nobody has said how it will be sent. */
  readonly method: PayoutMethod | null;
  readonly reference: string | null;
  /** Null means today. */
  readonly paidOn: IsoDate | null;
  readonly testerDeactivated: boolean;
  readonly payee: {
    readonly kaspiPhone: string | null;
    readonly iban: string | null;
    readonly changedAt: Date | null;
  };
  /** Confirmed transfers to this tester in this currency that were not reversed. */
  readonly earlier: {
    readonly largestTotal: number | null;
    /** At least those with the same total and a paid-on date within the watched days. */
    readonly recent: readonly {
      readonly batchId: number;
      readonly total: number;
      readonly paidOn: IsoDate;
    }[];
  };
  /** Batches in which this reference was used before with this method, by anybody. */
  readonly referenceUsedIn: readonly number[];
};

/** `today` is now's date in the team's time zone. */
export type BatchFacts = {
  readonly now: Date;
  readonly today: IsoDate;
  readonly transfers: readonly TransferFacts[];
};

type OfTransfer = { readonly testerId: number; readonly currency: Currency };

export type BatchWarning = OfTransfer &
  (
    | {
        readonly kind: "reference_reused";
        readonly method: PayoutMethod;
        readonly reference: string;
        /** Earlier batches; empty when it is used twice in this very batch. */
        readonly batchIds: readonly number[];
      }
    | { readonly kind: "payee_missing"; readonly method: PayoutMethod | null }
    | { readonly kind: "payee_changed_recently"; readonly changedAt: Date }
    | {
        readonly kind: "same_total_recently";
        readonly total: number;
        readonly batchId: number;
        readonly paidOn: IsoDate;
      }
    | {
        readonly kind: "unusually_large";
        readonly total: number;
        readonly largestEarlier: number | null;
      }
    | { readonly kind: "tester_deactivated" }
  );

/** All warnings of a batch, in the order of its transfers. Throws RangeError for a paid-on that is no date. */
export function batchWarnings(facts: BatchFacts): BatchWarning[] {
  const uses = new Map<string, number>();
  for (const transfer of facts.transfers) {
    const key = referenceKey(transfer);
    if (key !== null) uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  return facts.transfers.flatMap((transfer) =>
    [
      reusedReference(transfer, uses),
      missingPayee(transfer),
      changedPayee(transfer, facts.now),
      repeatedTotal(transfer, facts.today),
      largeTotal(transfer),
      deactivatedTester(transfer),
    ].filter((warning) => warning !== null),
  );
}

function reusedReference(
  transfer: TransferFacts,
  uses: ReadonlyMap<string, number>,
): BatchWarning | null {
  const { method, reference, referenceUsedIn } = transfer;
  const key = referenceKey(transfer);
  if (key === null || method === null || reference === null) return null;
  if (referenceUsedIn.length === 0 && (uses.get(key) ?? 0) < 2) return null;
  return {
    ...of(transfer),
    kind: "reference_reused",
    method,
    reference,
    batchIds: referenceUsedIn,
  };
}

/** Null where there is no reference to compare. */
function referenceKey({ method, reference }: TransferFacts): string | null {
  const stored = storedReference(reference);
  return method === null || stored === null ? null : `${method}:${stored}`;
}

function missingPayee(transfer: TransferFacts): BatchWarning | null {
  const { method } = transfer;
  return canBeSent(transfer) ? null : { ...of(transfer), kind: "payee_missing", method };
}

function canBeSent({ method, payee }: TransferFacts): boolean {
  switch (method) {
    case "cash":
      return true;
    case "kaspi":
      return payee.kaspiPhone !== null;
    case "bank":
      return payee.iban !== null;
    case null:
      return payee.kaspiPhone !== null || payee.iban !== null;
  }
}

function changedPayee(transfer: TransferFacts, now: Date): BatchWarning | null {
  const { changedAt } = transfer.payee;
  if (changedAt === null || transfer.method === "cash") return null;
  const watchedFrom = now.getTime() - PAYEE_CHANGE_WATCH_DAYS * 24 * 60 * 60 * 1000;
  if (changedAt.getTime() < watchedFrom) return null;
  return { ...of(transfer), kind: "payee_changed_recently", changedAt };
}

/** By paid-on dates, in both directions: the other one may have been entered late. */
function repeatedTotal(transfer: TransferFacts, today: IsoDate): BatchWarning | null {
  const paidOn = transfer.paidOn ?? today;
  const same = transfer.earlier.recent.find(
    (earlier) =>
      earlier.total === transfer.total &&
      Math.abs(daysBetween(earlier.paidOn, paidOn)) <= SAME_TOTAL_WATCH_DAYS,
  );
  if (same === undefined) return null;
  const { total, batchId } = same;
  return { ...of(transfer), kind: "same_total_recently", total, batchId, paidOn: same.paidOn };
}

function largeTotal(transfer: TransferFacts): BatchWarning | null {
  const { total, currency } = transfer;
  const largestEarlier = transfer.earlier.largestTotal;
  const usual =
    largestEarlier === null
      ? LARGE_FIRST_TRANSFER_MINOR[currency]
      : Math.max(LARGE_TRANSFER_FLOOR_MINOR[currency], LARGE_TRANSFER_MULTIPLE * largestEarlier);
  if (total <= usual) return null;
  return { ...of(transfer), kind: "unusually_large", total, largestEarlier };
}

/** Still payable: wages are owed. */
function deactivatedTester(transfer: TransferFacts): BatchWarning | null {
  return transfer.testerDeactivated ? { ...of(transfer), kind: "tester_deactivated" } : null;
}

function of({ testerId, currency }: TransferFacts): OfTransfer {
  return { testerId, currency };
}

/**
 * The value of a warning's tick box. It names what was warned about, so that a tick does not
 * cover another reference or another sum typed afterwards.
 */
export function warningCode(warning: BatchWarning): string {
  const code = [warning.kind, warning.testerId, warning.currency];
  switch (warning.kind) {
    case "reference_reused":
      return [...code, warning.method, warning.reference].join(":");
    case "payee_missing":
      return [...code, warning.method ?? "any"].join(":");
    case "payee_changed_recently":
      return [...code, warning.changedAt.toISOString()].join(":");
    case "same_total_recently":
    case "unusually_large":
      return [...code, warning.total].join(":");
    case "tester_deactivated":
      return code.join(":");
  }
}

/** The warnings that nobody has ticked yet: while there are any, the batch is not confirmed. */
export function untickedWarnings(
  warnings: readonly BatchWarning[],
  ticked: Iterable<string>,
): BatchWarning[] {
  const seen = new Set(ticked);
  return warnings.filter((warning) => !seen.has(warningCode(warning)));
}
