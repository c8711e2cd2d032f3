import { Button } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Select } from "~/components/Field";
import { NoteField } from "~/components/issues/PendingForms";
import { PostForm } from "~/components/PostForm";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import type { BulkAnswer } from "~/http/bulk-triage-post.server";
import { useT } from "~/i18n/context";

/** The form that the checkboxes of the list belong to. */
export const BULK_FORM = "ticked";

type Props = {
  action: string;
  answer: BulkAnswer | undefined;
  /** One-time: the same post again is the same decision. */
  decisionKey: string;
};

/** One decision about every ticked issue; of each the answer says what happened. */
export function BulkForm({ action, answer, decisionKey }: Props) {
  const t = useT();
  const { errors = {}, values = {} } = answer ?? {};
  const rejects = answer?.bulk === "rejectMany" && Object.keys(errors).length > 0;
  return (
    <PostForm id={BULK_FORM} action={action} className="bulk">
      <input type="hidden" name="key" value={decisionKey} />
      <details open={answer && answer.outcomes.length === 0}>
        <summary className="btn">{t("triage.bulk.title")}</summary>
        <ErrorSummary errors={errors} idPrefix="bulk" />
        <div className="bulk-approve">
          <Button name="intent" value="approveMany">
            {t("triage.bulk.approve")}
          </Button>
          <span className="hint">{t("triage.bulk.approve.hint")}</span>
        </div>
        <details open={rejects}>
          <summary>{t("triage.bulk.reject")}</summary>
          <Select
            name="reason"
            idPrefix="bulk"
            label={t("issues.card.reason")}
            options={[
              { value: "", label: t("app.none") },
              ...NEGATIVE_CLOSINGS.map((value) => ({ value, label: t(`words.reason.${value}`) })),
            ]}
            defaultValue={values.reason}
            error={errors.reason}
          />
          <NoteField idPrefix="bulk" values={values} errors={errors} />
          <Button tone="danger" name="intent" value="rejectMany">
            {t("triage.bulk.reject")}
          </Button>
        </details>
      </details>
    </PostForm>
  );
}
