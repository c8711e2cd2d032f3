/** Paying in one sitting: which transfers a choice makes, and what a post says (DESIGN 5). */
import type { LineChoice, PayChoice } from "./choice";
import { CURRENCIES, type Currency, type Money, toMinor } from "./money";
import { type PayoutMethod, storedReference } from "./payment";
import type { IsoDate } from "./team-date";

export {
  type BatchFacts,
  type BatchWarning,
  batchWarnings,
  LARGE_FIRST_TRANSFER_MINOR,
  LARGE_TRANSFER_FLOOR_MINOR,
  LARGE_TRANSFER_MULTIPLE,
  PAYEE_CHANGE_WATCH_DAYS,
  SAME_TOTAL_WATCH_DAYS,
  type TransferFacts,
  untickedWarnings,
  warningCode,
} from "./batch-warning";

export type PayableItem = {
  readonly issueId: number;
  readonly testerId: number;
  readonly money: Money;
};

/** What the banking app sends at once; `total` and `amount` in minor units of `currency`. */
export type Transfer = {
  readonly testerId: number;
  readonly currency: Currency;
  readonly count: number;
  readonly total: number;
  readonly items: readonly { readonly issueId: number; readonly amount: number }[];
};

/**
 * One transfer per tester and currency, by tester, then currency; their items by issue. Throws
 * RangeError for an issue that is there twice and for a total that is not a safe integer.
 */
export function groupIntoTransfers(items: readonly PayableItem[]): Transfer[] {
  const groups = new Map<string, PayableItem[]>();
  const seen = new Set<number>();
  for (const item of items) {
    if (seen.has(item.issueId)) throw new RangeError(`issue ${item.issueId} is in it twice`);
    seen.add(item.issueId);
    const key = `${item.testerId}:${item.money.currency}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()].flatMap(transferOf).sort(byTesterThenCurrency);
}

function transferOf(group: readonly PayableItem[]): Transfer[] {
  const [first] = group;
  if (first === undefined) return [];
  const items = group
    .map(({ issueId, money }) => ({ issueId, amount: money.amount }))
    .sort((a, b) => a.issueId - b.issueId);
  const total = items.reduce((sum, item) => toMinor(sum + item.amount), 0);
  const { testerId, money } = first;
  return [{ testerId, currency: money.currency, count: items.length, total, items }];
}

function byTesterThenCurrency(a: Transfer, b: Transfer): number {
  return a.testerId - b.testerId || CURRENCIES.indexOf(a.currency) - CURRENCIES.indexOf(b.currency);
}

/** What is said of one transfer when it is confirmed. `paidOn` null: "today", whenever that is. */
export type TransferDetails = {
  readonly testerId: number;
  readonly currency: Currency;
  readonly method: PayoutMethod;
  readonly reference: string | null;
  readonly paidOn: IsoDate | null;
};

/** The three posts that carry a one-time key, as posted, before anything is looked up. */
export type BatchPost =
  | {
      readonly operation: "prepare";
      readonly lines: readonly LineChoice[];
      readonly choices: readonly PayChoice[];
    }
  | {
      readonly operation: "confirm";
      readonly batchId: number;
      readonly transfers: readonly TransferDetails[];
    }
  | {
      readonly operation: "batch-pay";
      readonly payments: readonly (TransferDetails & { readonly issues: readonly PayChoice[] })[];
    };

/**
 * A canonical description of a post, to be hashed: the same for the same content in any order,
 * another one for any other content (DESIGN 5). Only what was posted goes in, because a replay
 * finds other rows; ticked warnings stay out, because they change nothing about what is paid.
 */
export function batchContent(post: BatchPost): string {
  switch (post.operation) {
    case "prepare":
      return JSON.stringify([
        post.operation,
        unordered(post.lines.map((l) => [l.testerId, l.currency, l.count, l.total])),
        choicesContent(post.choices),
      ]);
    case "confirm":
      return JSON.stringify([
        post.operation,
        post.batchId,
        unordered(post.transfers.map(detailsContent)),
      ]);
    case "batch-pay":
      return JSON.stringify([
        post.operation,
        unordered(post.payments.map((p) => [...detailsContent(p), choicesContent(p.issues)])),
      ]);
  }
}

/** A blank reference is no reference; anything else counts exactly as typed. */
function detailsContent(details: TransferDetails): unknown[] {
  const { testerId, currency, method, reference, paidOn } = details;
  return [testerId, currency, method, storedReference(reference), paidOn];
}

function choicesContent(choices: readonly PayChoice[]): string[] {
  return unordered(choices.map(({ issueId, expected }) => [issueId, expected]));
}

/** As JSON texts, so that nothing typed can look like structure, sorted by code unit. */
function unordered(entries: readonly unknown[]): string[] {
  return entries.map((entry) => JSON.stringify(entry)).sort();
}
