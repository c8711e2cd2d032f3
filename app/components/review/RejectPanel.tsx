import { Button } from "~/components/Button";
import { Field, RadioGroup } from "~/components/Field";
import { NoteField } from "~/components/issues/PendingForms";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import type { FieldValues } from "~/forms/parse-form";
import type { ReviewAnswer } from "~/http/review-post.server";
import { useT } from "~/i18n/context";

/** One reason and note for all that is ticked; folded until it is wanted, or until it was refused. */
export function RejectPanel({ answer }: { answer: ReviewAnswer | undefined }) {
  const t = useT();
  const values: FieldValues = answer?.kept.values ?? {};
  const errors = answer?.errors ?? {};
  return (
    <details open={answer?.intent === "reject"} className="border-t pt-3">
      <summary className="font-medium">{t("review.reject")}</summary>
      <div className="mt-3 grid gap-4">
        <p className="hint">{t("review.rejectHint")}</p>
        <RadioGroup
          name="reason"
          label={t("issues.card.reason")}
          options={NEGATIVE_CLOSINGS.map((value) => ({ value, label: t(`words.reason.${value}`) }))}
          defaultValue={values.reason}
          error={errors.reason}
        />
        <Field
          name="duplicateOf"
          label={t("triage.duplicateOf")}
          hint={t("triage.duplicateOfHint")}
          optional
          inputMode="numeric"
          autoComplete="off"
          defaultValue={values.duplicateOf}
          error={errors.duplicateOf}
        />
        <NoteField values={values} errors={errors} idPrefix="field" />
        <div>
          <Button tone="danger" name="intent" value="reject">
            {t("review.rejectSubmit")}
          </Button>
        </div>
      </div>
    </details>
  );
}
