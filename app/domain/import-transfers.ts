/** How past payments are put into batches (DESIGN 8). */
import type { ImportPayment } from "./import-ledger";
import type { Money } from "./money";

export type ImportedPayment = ImportPayment & {
  readonly issueId: number;
  readonly testerId: number;
  readonly money: Money;
};

export type ImportedTransfer = ImportPayment & {
  /** Which batch of this import, from 0. */
  readonly batch: number;
  readonly testerId: number;
  readonly currency: Money["currency"];
  readonly items: readonly { readonly issueId: number; readonly amount: number }[];
};

/**
 * One transfer for what says the same: tester, currency, day, method, reference. One batch for
 * each day on which something was paid, and another one for that day only where a tester got
 * several transfers in one currency, since a batch holds one of those. Oldest day first.
 */
export function groupIntoBatches(payments: readonly ImportedPayment[]): ImportedTransfer[] {
  const transfers = new Map<string, ImportedPayment[]>();
  for (const payment of [...payments].sort(byDay)) {
    const { testerId, money, paidOn, method, reference } = payment;
    const key = JSON.stringify([paidOn, testerId, money.currency, method, reference]);
    const group = transfers.get(key);
    if (group === undefined) transfers.set(key, [payment]);
    else group.push(payment);
  }
  const batches = new Map<string, number>();
  const used = new Map<string, number>();
  return [...transfers.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { testerId, money, paidOn, method, reference } = first;
    const line = JSON.stringify([paidOn, testerId, money.currency]);
    const turn = used.get(line) ?? 0;
    used.set(line, turn + 1);
    const sitting = `${paidOn} ${turn}`;
    const batch = batches.get(sitting) ?? batches.size;
    batches.set(sitting, batch);
    const items = group.map((one) => ({ issueId: one.issueId, amount: one.money.amount }));
    return [{ batch, testerId, currency: money.currency, paidOn, method, reference, items }];
  });
}

function byDay(a: ImportedPayment, b: ImportedPayment): number {
  if (a.paidOn === b.paidOn) return a.issueId - b.issueId;
  return a.paidOn < b.paidOn ? -1 : 1;
}
