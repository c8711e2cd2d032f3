import { amountToDecimal, type Money } from "~/domain/money";
import { dateInZone, type IsoDate, isIsoDate } from "~/domain/team-date";
import { kazakhAgo, kazakhDay } from "./kazakh-dates";
import { INTL_TAGS, type Locale } from "./locale";

/** An instant (a Date or an ISO timestamp), or a calendar date such as "2026-05-10". */
export type DateLike = Date | string;

/** What cannot be known or does not exist: a rate of nothing, a date not yet there. */
export const NONE = "—";

const NO_BREAK_SPACE = "\u00a0";

/** English written the Kazakhstan way: 03.05.2026 and "3 May", which en-KZ would turn around. */
const NUMERIC_DATE_TAG = "ru-KZ";
const WORDED_DATE_TAGS = { en: "en-GB", ru: "ru-KZ" };

/** Kazakh, like English, leaves no space before the sign. */
const PERCENT_TAGS: Record<Locale, string> = { en: "en-KZ", ru: "ru-KZ", kk: "en-KZ" };

/**
 * `₸ 120,000`, `120 000 ₸`; two decimals only when there are tiyn, never a break inside.
 * Approximate sums carry their mark before the digits: `₸ ~30,000`.
 */
export function formatMoney(
  { currency, amount }: Money,
  locale: Locale,
  { approximate = false } = {},
): string {
  const decimals = amount % 100 === 0 ? 0 : 2;
  const parts = currencyFormat(INTL_TAGS[locale], currency, decimals).formatToParts(
    // As text, so that no float is ever made of money.
    amountToDecimal(amount, ".") as Intl.StringNumericLiteral,
  );
  return parts
    .map(({ type, value }, index) => {
      if (type === "minusSign") return "−";
      if (type === "currency" && parts[index + 1]?.type === "integer") {
        return value + NO_BREAK_SPACE;
      }
      const firstDigits = type === "integer" && parts[index - 1]?.type !== "group";
      return approximate && firstDigits ? `~${value}` : value;
    })
    .join("");
}

export function formatNumber(value: number, locale: Locale): string {
  return numberFormat(INTL_TAGS[locale]).format(value);
}

/** Whole percent of a share between 0 and 1; nothing to divide by is a dash. */
export function formatPercent(share: number | null, locale: Locale): string {
  return share === null ? NONE : percentFormat(PERCENT_TAGS[locale]).format(share);
}

/** DD.MM.YYYY */
export function formatDate(value: DateLike, _locale: Locale, zone: string): string {
  return format(value, NUMERIC_DATE_TAG, zone, "date");
}

/** "3 May"; "3 May 2025" when that is not the year of `today`. */
export function formatDay(value: DateLike, locale: Locale, zone: string, today: DateLike): string {
  const sameYear = dateOf(value, zone).slice(0, 4) === dateOf(today, zone).slice(0, 4);
  if (locale === "kk") return kazakhDay(dateOf(value, zone), !sameYear);
  return format(value, WORDED_DATE_TAGS[locale], zone, sameYear ? "day" : "dayAndYear");
}

/** DD.MM.YYYY, HH:MM */
export function formatDateTime(value: DateLike, locale: Locale, zone: string): string {
  return `${formatDate(value, locale, zone)}, ${formatTime(value, locale, zone)}`;
}

/** HH:MM, 24 hours */
export function formatTime(value: DateLike, _locale: Locale, zone: string): string {
  return format(value, NUMERIC_DATE_TAG, zone, "time");
}

/** "12 days", "today" */
export function formatAge(days: number, locale: Locale): string {
  return days === 0 ? formatAgo(0, locale) : formatDays(days, locale);
}

/** "2 days ago", "yesterday", "today" */
export function formatAgo(days: number, locale: Locale): string {
  if (locale === "kk") return kazakhAgo(days, formatDays(days, locale));
  return relativeFormat(INTL_TAGS[locale]).format(0 - days, "day");
}

function formatDays(days: number, locale: Locale): string {
  return locale === "kk"
    ? `${formatNumber(days, locale)} күн`
    : daysFormat(INTL_TAGS[locale]).format(days);
}

const DATE_PARTS = {
  date: { day: "2-digit", month: "2-digit", year: "numeric" },
  day: { day: "numeric", month: "long" },
  dayAndYear: { day: "numeric", month: "long", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

function format(value: DateLike, tag: string, zone: string, parts: keyof typeof DATE_PARTS) {
  // A calendar date is the same day everywhere: read and written in UTC, it cannot slip.
  const timeZone = isCalendarDate(value) ? "UTC" : zone;
  return dateFormat(tag, timeZone, parts).format(new Date(value));
}

function dateOf(value: DateLike, zone: string): IsoDate {
  return isCalendarDate(value) ? value : dateInZone(new Date(value), zone);
}

function isCalendarDate(value: DateLike): value is IsoDate {
  return typeof value === "string" && isIsoDate(value);
}

// Building an Intl formatter takes far longer than using one, so each kind is built once.
const dateFormat = cached(
  (tag: string, timeZone: string, parts: keyof typeof DATE_PARTS) =>
    new Intl.DateTimeFormat(tag, { ...DATE_PARTS[parts], timeZone }),
);
const currencyFormat = cached(
  (tag: string, currency: string, decimals: number) =>
    new Intl.NumberFormat(tag, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }),
);
const numberFormat = cached((tag: string) => new Intl.NumberFormat(tag));
const percentFormat = cached((tag: string) => new Intl.NumberFormat(tag, { style: "percent" }));
const daysFormat = cached(
  (tag: string) => new Intl.NumberFormat(tag, { style: "unit", unit: "day", unitDisplay: "long" }),
);
const relativeFormat = cached(
  (tag: string) => new Intl.RelativeTimeFormat(tag, { numeric: "auto" }),
);

function cached<A extends (string | number)[], R>(make: (...key: A) => R): (...key: A) => R {
  const made = new Map<string, R>();
  return (...key) => {
    const id = key.join("|");
    let value = made.get(id);
    if (value === undefined) made.set(id, (value = make(...key)));
    return value;
  };
}
