import { type Currency, isCurrency } from "~/domain/money";
import { MAX_ROW_ID } from "~/forms/field-types";

export type OpenLine = { readonly testerId: number; readonly currency: Currency };

/** Each opened line brings all its issues into the page. */
const MOST_OPEN = 50;

/** `?open=12:KZT,12:USD`: the lines of the pay queue that are opened to their issues. Anything else opens nothing. */
export function parseOpenLines(text: string | null): OpenLine[] {
  const lines = (text ?? "").split(",", MOST_OPEN).map(openLine);
  return lines.filter(
    (line, at): line is OpenLine =>
      line !== null && !isAmong(line, lines.slice(0, at).filter(Boolean) as OpenLine[]),
  );
}

export function isAmong(line: OpenLine, lines: readonly OpenLine[]): boolean {
  return lines.some(
    ({ testerId, currency }) => testerId === line.testerId && currency === line.currency,
  );
}

function openLine(text: string): OpenLine | null {
  const [tester = "", currency = "", rest] = text.split(":");
  if (rest !== undefined || !/^[1-9]\d{0,9}$/.test(tester) || !isCurrency(currency)) return null;
  const testerId = Number(tester);
  return testerId > MAX_ROW_ID ? null : { testerId, currency };
}
