import type { IsoDate } from "~/domain/team-date";

// Chromium carries no Kazakh for Intl and would write "2025 M05 3" and "12 days" (its issue 40075497)
// over what the server wrote. These are the words of CLDR, which Node has; a test compares.
const MONTHS = [
  "қаңтар",
  "ақпан",
  "наурыз",
  "сәуір",
  "мамыр",
  "маусым",
  "шілде",
  "тамыз",
  "қыркүйек",
  "қазан",
  "қараша",
  "желтоқсан",
];
const DAYS_AGO = ["бүгін", "кеше", "алдыңгүні"];

/** "3 мамыр"; "2025 ж. 3 мамыр" with the year. */
export function kazakhDay(date: IsoDate, withYear: boolean): string {
  const [year, month, day] = date.split("-").map(Number);
  const words = `${day} ${MONTHS[(month ?? 1) - 1]}`;
  return withYear ? `${year} ж. ${words}` : words;
}

/** "бүгін", "кеше", "5 күн бұрын"; `days` is the count as text. */
export function kazakhAgo(count: number, days: string): string {
  return DAYS_AGO[count] ?? `${days} бұрын`;
}
