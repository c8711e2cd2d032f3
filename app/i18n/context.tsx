import { spokenLocale } from "#catalogues";
import type { Money } from "~/domain/money";
import { useRequestFacts } from "~/http/request-facts";
import { useRootData } from "~/http/root-data";
import * as format from "./format";
import { formatBytes } from "./format-bytes";
import type { Locale } from "./locale";
import { type T, translator } from "./translator";

/** The reader's language; at an unknown URL or after a failed root loader the browser's. */
export function useLocale(): Locale {
  const request = useRequestFacts();
  return spokenLocale(useRootData()?.locale ?? request.locale);
}

export function useT(): T {
  return translator(useLocale());
}

/** The formatters of format.ts, bound to the reader's language and the team's time zone. */
export function useFormat() {
  const locale = useLocale();
  const root = useRootData();
  const zone = root?.timeZone ?? "UTC";
  const today = root?.today ?? new Date();
  return {
    money: (money: Money, options?: { approximate?: boolean }) =>
      format.formatMoney(money, locale, options),
    number: (value: number) => format.formatNumber(value, locale),
    percent: (share: number | null) => format.formatPercent(share, locale),
    date: (value: format.DateLike) => format.formatDate(value, locale, zone),
    day: (value: format.DateLike) => format.formatDay(value, locale, zone, today),
    dateTime: (value: format.DateLike) => format.formatDateTime(value, locale, zone),
    time: (value: format.DateLike) => format.formatTime(value, locale, zone),
    bytes: (bytes: number) => formatBytes(bytes, locale),
    age: (days: number) => format.formatAge(days, locale),
    ago: (days: number) => format.formatAgo(days, locale),
  };
}
