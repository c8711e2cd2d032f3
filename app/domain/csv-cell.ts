/**
 * Text cells of the CSV exports (DESIGN 6). A spreadsheet runs a cell that begins with one of
 * these; with a leading `'` it shows it instead. Cells that begin with `'` themselves get one
 * more, so that dropping one leading `'` always gives back the original. Only for what people
 * typed: an amount like `-15000.00` is a number and stays one.
 */

/** `= + - @` and their full-width forms, and the white space a spreadsheet skips before them. */
const DANGEROUS = String.raw`=+\-@\t\r\n＝＋－＠`;
const QUOTE = "'";

const DANGEROUS_START = new RegExp(`^[${DANGEROUS}]`);
/** What defuseCell puts a `'` before. */
export const START_TO_DEFUSE = new RegExp(`^[${QUOTE}${DANGEROUS}]`);

export function startsDangerously(text: string): boolean {
  return DANGEROUS_START.test(text);
}

/** The text as it may be written into a spreadsheet; quoting for CSV comes after. */
export function defuseCell(text: string): string {
  return START_TO_DEFUSE.test(text) ? QUOTE + text : text;
}

/** The text that defuseCell was given: `originalCell(defuseCell(x)) === x` for every x. */
export function originalCell(cell: string): string {
  return cell.startsWith(QUOTE) ? cell.slice(QUOTE.length) : cell;
}
