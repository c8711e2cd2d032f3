import type { Money } from "~/domain/money";
import { formatMoney } from "~/i18n/format";
import type { T } from "~/i18n/translator";

type Done = {
  readonly count: number;
  readonly totals: readonly Money[];
  readonly replayed: boolean;
};

/** How many were approved and what that commits, or that it had been recorded before. */
export function bulkDoneText({ count, totals, replayed }: Done, t: T): string {
  return replayed
    ? t("review.already", { count })
    : t("review.approved", { count, amount: totalsText(totals, t) });
}

/** ₸ 120,000 + $ 50: one entry per currency. */
export function totalsText(totals: readonly Money[], t: T): string {
  return totals.map((money) => formatMoney(money, t.locale)).join(" + ");
}
