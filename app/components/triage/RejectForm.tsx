import { type ChangeEvent, type ReactNode, useState } from "react";
import { Button } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field, RadioGroup } from "~/components/Field";
import { NoteField } from "~/components/issues/PendingForms";
import { PostForm } from "~/components/PostForm";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { useT } from "~/i18n/context";
import { answerFor, type DecisionProps, ShownFields } from "./DecisionForms";
import { useOnePress } from "./one-press";
import { ReadyNote, type ReadyNoteProps } from "./ReadyNote";
import { SimilarIssues, type SimilarProps } from "./SimilarIssues";

export type RejectProps = Pick<ReadyNoteProps, "templates"> &
  Pick<SimilarProps, "similar" | "similarHref">;

/** The reasons, the original of a duplicate, and what the tester reads. */
export function RejectForm({
  issue,
  action,
  answer,
  onDecide,
  templates,
  ...similar
}: DecisionProps & RejectProps) {
  const t = useT();
  const { onSubmit, onClick } = useOnePress(onDecide);
  const { errors, values } = answerFor("reject", answer);
  const [reason, setReason] = useState(values.reason);
  const onChange = ({ target }: ChangeEvent<HTMLFormElement>) => {
    const { name, value } = target as unknown as HTMLInputElement;
    if (name === "reason") setReason(value);
  };
  return (
    <PostForm action={action} onSubmit={onSubmit} onChange={onChange} className="decision-panel">
      <ErrorSummary errors={errors.form ? null : errors} idPrefix="reject" />
      <ShownFields issue={issue} />
      <RadioGroup
        name="reason"
        idPrefix="reject"
        label={t("issues.card.reason")}
        options={NEGATIVE_CLOSINGS.map((value, index) => ({
          value,
          label: t(`words.reason.${value}`),
          kbd: String(index + 1),
        }))}
        defaultValue={values.reason}
        error={errors.reason}
      />
      <OnlyForDuplicates>
        <SimilarIssues {...similar} chosen={values.original} />
        <Field
          name="duplicateOf"
          idPrefix="reject"
          label={t("triage.duplicateOf")}
          hint={t("triage.duplicateOfHint")}
          optional
          inputMode="numeric"
          autoComplete="off"
          defaultValue={values.duplicateOf}
          error={errors.duplicateOf}
        />
      </OnlyForDuplicates>
      <ReadyNote
        templates={templates}
        locale={issue.tester.locale ?? t.locale}
        reason={reason}
        defaultValue={values.readyNote}
        error={errors.readyNote}
      />
      <NoteField idPrefix="reject" values={values} errors={errors} />
      <Button tone="danger" name="intent" value="reject" onClick={onClick}>
        {t("issues.card.reject.submit")}
      </Button>
    </PostForm>
  );
}

/** Hidden by CSS while another reason is chosen; a browser that does not know :has() always shows it. */
function OnlyForDuplicates({ children }: { children: ReactNode }) {
  return <div className="only-duplicate">{children}</div>;
}
