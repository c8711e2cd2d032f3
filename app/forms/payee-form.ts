import { z } from "./zod";
import {
  MAX_PAYEE_NAME_LENGTH,
  parseKaspiPhone,
  parseKzIban,
  problemWithPayeeName,
} from "~/domain/payee";
import { message } from "./message-text";

/** Longer is no mistake in typing any more. */
const LONGEST = 500;

const box = () => z.string().trim().max(LONGEST);

const payeeName = box()
  .superRefine((name, ctx) => {
    const problem = problemWithPayeeName(name);
    if (problem === "too_long")
      ctx.addIssue(message("fields.tooLong", { count: MAX_PAYEE_NAME_LENGTH }));
    if (problem === "control_characters") ctx.addIssue(message("fields.controlCharacters"));
  })
  .transform(orNull)
  .optional();

const kaspiPhone = box()
  .transform((text, ctx) => {
    const phone = parseKaspiPhone(text);
    if (phone === null && text !== "") ctx.addIssue(message("settings.payee.kaspiPhoneFormat"));
    return phone;
  })
  .optional();

const iban = box()
  .transform((text, ctx) => {
    if (text === "") return null;
    const parsed = parseKzIban(text);
    if (parsed.ok) return parsed.iban;
    const isForm = parsed.problem === "format";
    ctx.addIssue(message(isForm ? "settings.payee.ibanFormat" : "settings.payee.ibanCheckDigits"));
    return null;
  })
  .optional();

/** When the details were last changed, as the form knew it: milliseconds, or nothing. */
const shownAt = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform((text) => new Date(Number(text)))
  .optional();

/** Everything in it is one's own: whose details these are stands in the session (DESIGN 7). */
export const payeeForm = z
  .object({ payeeName, kaspiPhone, iban, shownAt })
  .transform(({ shownAt: at, ...typed }) => ({
    details: {
      payeeName: typed.payeeName ?? null,
      kaspiPhone: typed.kaspiPhone ?? null,
      iban: typed.iban ?? null,
    },
    shownAt: at ?? null,
  }));

function orNull(text: string): string | null {
  return text === "" ? null : text;
}
