import type { ReactNode } from "react";
import { Button } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field, RadioGroup } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import type { DecisionAnswer } from "~/forms/decision-form";
import { useFormat, useT } from "~/i18n/context";
import type { IssueView } from "~/models/issue.server";
import { AmountField } from "~/components/issues/AmountField";
import { NoteField } from "~/components/issues/PendingForms";
import { useOnePress } from "./one-press";

export type DecisionProps = {
  issue: IssueView;
  /** Where the forms are sent: this page with this issue and these filters. */
  action: string;
  /** The answer to one of these forms, if it was not carried out. */
  answer: DecisionAnswer | null;
};

/** One press: approves at the amount that the button says. */
export function ApproveForm({ issue, action }: DecisionProps) {
  const t = useT();
  const format = useFormat();
  const { onSubmit, onClick } = useOnePress();
  if (!issue.suggested) return null;
  return (
    <PostForm action={action} onSubmit={onSubmit}>
      <ShownFields issue={issue} priced />
      <Button tone="primary" name="intent" value="approve" onClick={onClick}>
        {t("issues.card.approve", { amount: format.money(issue.suggested) })}
      </Button>
    </PostForm>
  );
}

export function CustomAmountForm({ issue, action, answer }: DecisionProps) {
  const t = useT();
  const { onSubmit, onClick } = useOnePress();
  const { errors, values } = answerFor("custom", answer);
  return (
    <PostForm action={action} onSubmit={onSubmit} className="decision-panel">
      <ErrorSummary errors={errors.form ? null : errors} idPrefix="custom" />
      <ShownFields issue={issue} priced />
      <AmountField
        idPrefix="custom"
        currency={issue.currency}
        defaultValue={values.amountText}
        error={errors.amountText}
      />
      <NoteField idPrefix="custom" values={values} errors={errors} />
      <Button tone="primary" name="intent" value="approve" onClick={onClick}>
        {t("issues.card.custom.submit")}
      </Button>
    </PostForm>
  );
}

export function RejectForm({ issue, action, answer }: DecisionProps) {
  const t = useT();
  const { onSubmit, onClick } = useOnePress();
  const { errors, values } = answerFor("reject", answer);
  return (
    <PostForm action={action} onSubmit={onSubmit} className="decision-panel">
      <ErrorSummary errors={errors.form ? null : errors} idPrefix="reject" />
      <ShownFields issue={issue} />
      <RadioGroup
        name="reason"
        idPrefix="reject"
        label={t("issues.card.reason")}
        options={NEGATIVE_CLOSINGS.map((value) => ({ value, label: t(`words.reason.${value}`) }))}
        defaultValue={values.reason}
        error={errors.reason}
      />
      <OnlyForDuplicates>
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

/** What the page showed: the server refuses when it is no longer so. */
function ShownFields({ issue, priced }: { issue: IssueView; priced?: boolean }) {
  return (
    <>
      <input type="hidden" name="issueId" value={issue.id} />
      <input type="hidden" name="version" value={issue.version} />
      {priced ? (
        <>
          <input type="hidden" name="currency" value={issue.currency} />
          <input type="hidden" name="expectedAmount" value={issue.suggested?.amount ?? ""} />
        </>
      ) : null}
    </>
  );
}

const NOTHING: Pick<DecisionAnswer, "errors" | "values"> = { errors: {}, values: {} };

function answerFor(panel: DecisionAnswer["panel"], answer: DecisionAnswer | null) {
  return answer?.panel === panel ? answer : NOTHING;
}
