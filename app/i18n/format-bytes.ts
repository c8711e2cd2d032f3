import { INTL_TAGS, type Locale } from "./locale";

const KILO = 1024;

/** "340 kB", "10 MB": for files, where nobody counts single bytes. */
export function formatBytes(bytes: number, locale: Locale): string {
  const inMegabytes = bytes >= KILO * KILO;
  return new Intl.NumberFormat(INTL_TAGS[locale], {
    style: "unit",
    unit: inMegabytes ? "megabyte" : "kilobyte",
    maximumFractionDigits: inMegabytes ? 1 : 0,
  }).format(bytes / (inMegabytes ? KILO * KILO : KILO));
}
