import { useFormat } from "~/i18n/context";
import type { DateLike } from "~/i18n/format";

type WhenProps = {
  /** A Date or ISO timestamp, shown in the team's time zone; or a calendar date, "2026-05-10". */
  value: DateLike;
  /** date: 03.05.2026 · day: 3 May · dateTime: 03.05.2026, 14:05 · time: 14:05 */
  as?: "date" | "day" | "dateTime" | "time";
};

export function When({ value, as = "date" }: WhenProps) {
  const dateTime = typeof value === "string" ? value : `${value.toISOString().slice(0, 16)}Z`;
  return <time dateTime={dateTime}>{useFormat()[as](value)}</time>;
}
