import type { MoneyStanding } from "~/domain/payment";
import type { DateLike } from "~/i18n/format";
import type { T } from "~/i18n/translator";

/** "3 May": useFormat().day, or formatDay with a zone. */
type Day = (value: DateLike) => string;

/** Where an issue's money stands and since when, with the reason and note that the tester is owed (DESIGN 3, 4). */
export function standingText(standing: MoneyStanding, t: T, day: Day): string {
  switch (standing.kind) {
    case "draft":
      return t("issues.standing.draft");
    case "awaiting":
      return t("issues.standing.awaiting", { date: day(standing.since) });
    case "approved":
      return t("issues.standing.approved", { date: day(standing.since) });
    case "rejected":
      return noted(rejectedText(standing, t, day), standing.note, t);
    case "paid":
      return paidText(standing, t, day);
    case "reversed":
      return t("issues.standing.reversed", reversal(standing, t, day));
    default:
      return because(voidText(standing, t, day), standing.reason, t);
  }
}

type Of<Kind extends MoneyStanding["kind"]> = Extract<MoneyStanding, { kind: Kind }>;

function rejectedText(standing: Of<"rejected">, t: T, day: Day): string {
  const date = day(standing.since);
  if (standing.reason === null) return t("issues.standing.rejected", { date });
  const reason = t(`words.reason.${standing.reason}`);
  return standing.duplicateOf === undefined
    ? t("issues.standing.rejectedAs", { date, reason })
    : t("issues.standing.rejectedOf", { date, reason, original: String(standing.duplicateOf) });
}

function paidText(standing: Of<"paid">, t: T, day: Day): string {
  const date = day(standing.paidOn);
  const how = paidHow(standing, t);
  return standing.closedAs === null
    ? t("issues.standing.paid", { date, how })
    : t("issues.standing.paidClosed", {
        date,
        how,
        status: t(`words.status.${standing.closedAs}`),
      });
}

function voidText(
  standing: Of<"voided" | "voided_after_reversal" | "voided_money_kept">,
  t: T,
  day: Day,
): string {
  const date = day(standing.since);
  switch (standing.kind) {
    case "voided":
      return t("issues.standing.voided", { date });
    case "voided_after_reversal":
      return t("issues.standing.voidedReversed", { date, ...reversal(standing, t, day) });
    case "voided_money_kept":
      return t("issues.standing.voidedKept", {
        date,
        paid: day(standing.paidOn),
        how: paidHow(standing, t),
      });
  }
}

function reversal(of: Of<"reversed" | "voided_after_reversal">, t: T, day: Day) {
  return {
    paid: day(of.paidOn),
    reversed: day(of.reversedOn),
    kind: t(`issues.reversal.${of.reversalKind}`),
  };
}

/** "Kaspi, ref. 8841"; cash has no reference. */
export function paidHow(
  { method, reference }: Pick<Of<"paid">, "method" | "reference">,
  t: T,
): string {
  const word = t(`words.method.${method}`);
  return reference === null ? word : t("issues.standing.how", { method: word, reference });
}

function because(standing: string, reason: string | null, t: T): string {
  return reason === null ? standing : t("issues.standing.because", { standing, reason });
}

function noted(standing: string, note: string | null, t: T): string {
  return note === null ? standing : t("issues.standing.noted", { standing, note });
}
