import { type Currency, isCurrency } from "~/domain/money";
import { MAX_ROW_ID } from "~/forms/field-types";

export type OpenLine = { readonly testerId: number; readonly currency: Currency };

/** `?open=12:KZT`: the line of the pay queue that is opened to its issues. Null for anything else. */
export function parseOpenLine(text: string | null): OpenLine | null {
  const [tester = "", currency = "", rest] = (text ?? "").split(":");
  if (rest !== undefined || !/^[1-9]\d{0,9}$/.test(tester) || !isCurrency(currency)) return null;
  const testerId = Number(tester);
  return testerId > MAX_ROW_ID ? null : { testerId, currency };
}
