import { fieldId } from "~/components/ErrorSummary";
import { useSign } from "~/components/issues/AmountField";
import {
  AMOUNT_NAME,
  amountField,
  offeredAmount,
  type ReviewChoice,
  reviewChoiceText,
} from "~/domain/review-choice";
import type { ReviewAnswer } from "~/http/review-post.server";
import { useT } from "~/i18n/context";

/** The amount of a row: the suggestion filled in, to be approved as it is or written over. Major units. */
export function AmountBox({
  choice,
  answer,
}: {
  choice: ReviewChoice;
  answer: ReviewAnswer | undefined;
}) {
  const t = useT();
  const { issueId, currency, expected } = choice;
  const text = reviewChoiceText(choice);
  const id = fieldId(amountField(issueId));
  const error = answer?.errors[amountField(issueId)];
  return (
    <div className={error ? "field field-bad" : "field"}>
      <label htmlFor={id} className="sr-only">
        {t("review.amountOf", { id: String(issueId), currency })}
      </label>
      {error ? (
        <div className="field-error whitespace-normal" id={`${id}-error`}>
          {error}
        </div>
      ) : null}
      {expected === null ? <span className="meta">{t("review.noRate")} </span> : null}
      <span className="text-muted">{useSign(currency)}</span>{" "}
      <input
        // Another suggestion is another offer: the box begins anew.
        key={text}
        id={id}
        name={AMOUNT_NAME + text}
        type="text"
        className="input min-h-8! w-28! scroll-mb-20 py-1! text-right tabular-nums"
        inputMode="decimal"
        autoComplete="off"
        defaultValue={answer?.kept.typed[issueId] ?? offeredAmount(choice)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
    </div>
  );
}
