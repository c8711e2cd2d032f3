/** Dates and times as spreadsheets and bug trackers write them. */
import { isIsoDate, type IsoDate, startOfDateInZone } from "./team-date";

/** `2026-05-10`, with a time, with a zone; `T` or one space between. */
const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|[+-]\d{2}(?::?\d{2})?))?)?$/i;

/** `10.05.2026 14:30`: what Excel in Russian and Kazakh makes of a date it has touched. */
const DOTTED = /^(\d{2})\.(\d{2})\.(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** No bug list is older than that: a mistyped year. */
const EARLIEST = Date.UTC(1970, 0, 1);

const MINUTE = 60_000;
/** UTC+14, the Line Islands. */
const WIDEST_OFFSET_MINUTES = 14 * 60;

/** A calendar date, or null for what is none. */
export function readImportDate(text: string): IsoDate | null {
  const dotted = DOTTED.exec(text);
  const date = dotted && dotted[4] === undefined ? `${dotted[3]}-${dotted[2]}-${dotted[1]}` : text;
  return isIsoDate(date) ? date : null;
}

/**
 * An instant, or null for what is none. Without a zone it is the team's wall clock, without a time
 * the start of the day there. To the millisecond, as the database keeps it.
 */
export function readImportTime(text: string, zone: string): Date | null {
  const parts = partsOf(text);
  if (parts === null || !isIsoDate(parts.date)) return null;
  const { date, time, offset } = parts;
  const instant =
    time === null
      ? startOfDateInZone(date, zone).getTime()
      : instantOf(Date.parse(`${date}T00:00:00Z`) + time, offset, zone);
  return instant === null || instant < EARLIEST ? null : new Date(instant);
}

type Parts = {
  readonly date: string;
  /** Milliseconds since midnight. */
  readonly time: number | null;
  /** Minutes east of UTC; null when the text names no zone. */
  readonly offset: number | null;
};

function partsOf(text: string): Parts | null {
  const iso = ISO.exec(text);
  if (iso) {
    const [, date = "", hour, minute, second, fraction, zone] = iso;
    const offset = zone === undefined ? null : offsetOf(zone);
    if (offset !== null && Math.abs(offset) > WIDEST_OFFSET_MINUTES) return null;
    return withTime(date, [hour, minute, second, fraction], offset);
  }
  const dotted = DOTTED.exec(text);
  if (!dotted) return null;
  const [, day, month, year, hour, minute, second] = dotted;
  return withTime(`${year}-${month}-${day}`, [hour, minute, second], null);
}

function withTime(
  date: string,
  [hour, minute, second, fraction]: readonly (string | undefined)[],
  offset: number | null,
): Parts | null {
  if (hour === undefined) return { date, time: null, offset };
  const [h, m, s] = [Number(hour), Number(minute), Number(second ?? 0)];
  if (h > 23 || m > 59 || s > 59) return null;
  const milliseconds = Number((fraction ?? "").padEnd(3, "0").slice(0, 3));
  return { date, time: ((h * 60 + m) * 60 + s) * 1000 + milliseconds, offset };
}

/** `Z`, `+05`, `+0530`, `-05:30` as minutes; `NaN` never comes through the grammar. */
function offsetOf(zone: string): number {
  if (/^[a-z]/i.test(zone)) return 0;
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith("-") ? -minutes : minutes;
}

function instantOf(wall: number, offset: number | null, zone: string): number {
  if (offset !== null) return wall - offset * MINUTE;
  // The offset holds at the instant, which is not known yet: asked twice, for days on which it changes.
  const near = wall - offsetAt(wall, zone);
  return wall - offsetAt(near, zone);
}

/** Milliseconds that the zone is ahead of UTC at that instant. */
function offsetAt(instant: number, zone: string): number {
  const wall = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatterFor(zone).formatToParts(instant)) {
    if (type in wall) wall[type as keyof typeof wall] = Number(value);
  }
  const { year, month, day, hour, minute, second } = wall;
  const whole = Math.floor(instant / 1000) * 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** Making a formatter costs a hundred times more than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formatters.set(zone, made);
  return made;
}
