import { z } from "./zod";
import { CURRENCIES, MAX_ISSUE_AMOUNT_MAJOR, parseAmountText } from "~/domain/money";
import { type PayoutRates, problemsWithRates } from "~/domain/rates";
import { SEVERITIES, type Severity } from "~/domain/severity";
import type { Key } from "~/i18n/catalogue";
import { AMOUNT_PROBLEMS } from "./amount-field";
import { requiredLine, rowId } from "./field-types";
import { given } from "./given-field";
import { message } from "./message-text";

export const CYCLE_STATUSES = ["open", "closed", "archived"] as const;

/** test_cycles_name_present */
const name = given("cycles.nameMissing").pipe(requiredLine(200));
/** What the page showed; anything newer is a 409. */
const shown = z.string().max(2_000);

export const newCycleForm = z.object({ name });
export const cycleForms = {
  rename: z.object({ name, shown }),
  status: z.object({
    status: z.enum(CYCLE_STATUSES, "fields.chooseOne" satisfies Key),
    shown,
  }),
  addTester: z.object({ email: given("cycles.testers.emailMissing").pipe(requiredLine(254)) }),
  removeTester: z.object({ testerId: rowId() }),
};

const rate = z.string();

/** The four inputs and the currency; an empty one is the default, and in another currency than tenge missing. */
export const ratesForm = z
  .object({
    critical: rate,
    high: rate,
    medium: rate,
    low: rate,
    currency: z.enum(CURRENCIES),
    shown,
  })
  .transform(({ currency, shown, ...texts }, context) => {
    const rates: { -readonly [K in keyof PayoutRates]: PayoutRates[K] } = { currency };
    const fail = (severity: Severity, key: Key) =>
      context.addIssue({
        ...message(key, { max: MAX_ISSUE_AMOUNT_MAJOR }),
        path: [severity],
      });
    let failed = false;
    for (const severity of SEVERITIES) {
      const parsed = parseAmountText(texts[severity]);
      if (parsed.ok) rates[severity] = parsed.amount;
      else if (parsed.problem !== "empty") {
        fail(severity, AMOUNT_PROBLEMS[parsed.problem]);
        failed = true;
      }
    }
    for (const { field, problem } of problemsWithRates(rates)) {
      if (problem !== "missing" || texts[field] !== "") continue;
      fail(field, "cycles.rates.missing");
      failed = true;
    }
    return failed ? z.NEVER : { rates, shown };
  });
