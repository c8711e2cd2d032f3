import { z } from "~/forms/zod";

/** `semicolon` is for Excel in Russian and Kazakh, and writes a decimal comma as well (DESIGN 6). */
export const CSV_SEPARATORS = ["comma", "semicolon"] as const;
export type CsvSeparator = (typeof CSV_SEPARATORS)[number];

/** `?separator=`: a comma unless the query says otherwise. */
export function csvSeparator() {
  return z
    .enum(CSV_SEPARATORS)
    .optional()
    .transform((given): CsvSeparator => given ?? "comma");
}

/** The same for a page's own file, where what is unknown is the default. */
export function readCsvSeparator(params: URLSearchParams): CsvSeparator {
  return params.get("separator") === "semicolon" ? "semicolon" : "comma";
}
