import type { MoneyStanding as Standing } from "~/domain/payment";
import { useFormat, useT } from "~/i18n/context";
import { standingText } from "./money-standing-text";

/** Where an issue's money stands, in words: "approved 3 May, not paid yet". */
export function MoneyStanding({ standing }: { standing: Standing }) {
  return standingText(standing, useT(), useFormat().day);
}
