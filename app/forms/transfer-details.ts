import type { problemWithReference } from "~/domain/payment";
import { isIsoDate, type IsoDate, type problemWithPaidOn } from "~/domain/team-date";
import type { Key } from "~/i18n/catalogue";

/** What a form says of a reference that is not accepted. */
export function referenceProblemKey(problem: NonNullable<ReturnType<typeof problemWithReference>>) {
  const keys = {
    required: "payouts.referenceRequired",
    too_long: "payouts.referenceTooLong",
    control_characters: "fields.controlCharacters",
  } as const satisfies Record<typeof problem, Key>;
  return keys[problem];
}

/** What a form says of a paid-on date that is not accepted. */
export function paidOnProblemKey(problem: NonNullable<ReturnType<typeof problemWithPaidOn>>) {
  const keys = {
    format: "fields.date",
    future: "fields.dateInFuture",
    too_old: "fields.date",
  } as const satisfies Record<typeof problem, Key>;
  return keys[problem];
}

/** A date as a date box posts it (2026-05-10) or as people here write it (10.05.2026); else the text as it is. */
export function typedDate(text: string): IsoDate {
  const typed = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$/.exec(text);
  if (!typed) return text.trim();
  const [, day = "", month = "", year = ""] = typed;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isIsoDate(date) ? date : text.trim();
}
