/**
 * Calendar dates in the team's time zone (DESIGN 4, 10). A date is text, "2026-05-10": it has no
 * hour and no zone, and it compares and sorts as text. Zones are IANA names; Intl throws
 * RangeError for one it does not know.
 */

/** YYYY-MM-DD, a real day of the years 1000 to 9999. */
export type IsoDate = string;

const LAST_DATE: IsoDate = "9999-12-31";

/** Before the banking apps, and before any team that could use this: a mistyped year. */
export const EARLIEST_PAID_ON: IsoDate = "2000-01-01";

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

/** No place has ever been further than this from UTC, local mean times included. */
const WIDEST_OFFSET = 16 * 60 * 60 * SECOND;

/** Years before 1000 are left out: there Intl, PostgreSQL and ISO 8601 disagree about eras. */
const ISO_DATE = /^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$/;

export function isIsoDate(text: string): boolean {
  if (!ISO_DATE.test(text)) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  // 30 February is read as 2 March by some engines and as no date by others.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** The date on the wall at that instant. Throws RangeError for an invalid Date or zone. */
export function dateInZone(instant: Date, zone: string): IsoDate {
  const { year, month, day } = wallDate(instant, zone);
  return [String(year).padStart(4, "0"), twoDigits(month), twoDigits(day)].join("-");
}

/**
 * The first instant of that date: midnight, or where clocks jump over midnight the first instant
 * after it. Throws RangeError for text that is no date.
 */
export function startOfDateInZone(date: IsoDate, zone: string): Date {
  return firstInstant(utcMidnight(date), zone, (wall) => wall >= dayNumberOf(date));
}

/**
 * The instants of the dates `from` to `to`, both inclusive: `from <= t < before`. A missing bound
 * is null, and so is the end of the last date: unless east of Greenwich it is in the year 10000,
 * which PostgreSQL does not read. Throws RangeError for text that is no date.
 */
export function dayRange(
  from: IsoDate | null | undefined,
  to: IsoDate | null | undefined,
  zone: string,
): { from: Date | null; before: Date | null } {
  return {
    from: from === null || from === undefined ? null : startOfDateInZone(from, zone),
    before:
      to === null || to === undefined || to === LAST_DATE
        ? null
        : startOfDateInZone(addDays(to, 1), zone),
  };
}

/** The date so many days later (or earlier). Throws RangeError outside the years 1000 to 9999. */
export function addDays(date: IsoDate, days: number): IsoDate {
  const moved = new Date(utcMidnight(date) + days * DAY).toISOString().slice(0, 10);
  if (!isIsoDate(moved)) throw new RangeError(`${days} days from ${date} is out of range`);
  return moved;
}

/** Whole days from `a` to `b`, negative when `b` is earlier. Throws RangeError for no date. */
export function daysBetween(a: IsoDate, b: IsoDate): number {
  return (utcMidnight(b) - utcMidnight(a)) / DAY;
}

/** A paid-on date is never in the future, by the team's own calendar (DESIGN 3). */
export function problemWithPaidOn(
  date: string,
  now: Date,
  zone: string,
): null | "format" | "future" | "too_old" {
  if (!isIsoDate(date)) return "format";
  if (date > dateInZone(now, zone)) return "future";
  if (date < EARLIEST_PAID_ON) return "too_old";
  return null;
}

/**
 * The first instant at which `reached` holds for the date on the wall, sought by halving around a
 * midnight of UTC: it needs no offsets, hence no cases for the days on which those change.
 */
function firstInstant(
  aroundUtc: number,
  zone: string,
  reached: (wallDayNumber: number) => boolean,
): Date {
  let before = (aroundUtc - WIDEST_OFFSET) / SECOND;
  let after = (aroundUtc + WIDEST_OFFSET) / SECOND;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    const { year, month, day } = wallDate(new Date(middle * SECOND), zone);
    if (reached(dayNumber(year, month, day))) after = middle;
    else before = middle;
  }
  return new Date(after * SECOND);
}

/** Not a count of days, only something that grows with the date, also beyond the year 9999. */
function dayNumber(year: number, month: number, day: number): number {
  return year * 10_000 + month * 100 + day;
}

function dayNumberOf(date: IsoDate): number {
  return Number(date.replaceAll("-", ""));
}

function utcMidnight(date: IsoDate): number {
  if (!isIsoDate(date)) throw new RangeError(`${JSON.stringify(date)} is no date`);
  return Date.parse(`${date}T00:00:00Z`);
}

function wallDate(instant: Date, zone: string) {
  const wall = { year: 0, month: 0, day: 0 };
  for (const { type, value } of formatterFor(zone).formatToParts(instant)) {
    if (type === "year" || type === "month" || type === "day") wall[type] = Number(value);
  }
  return wall;
}

/** Making a formatter costs a hundred times more than using it, and a team has one zone. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  formatters.set(zone, made);
  return made;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, "0");
}
