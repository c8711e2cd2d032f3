import type { FormEvent } from "react";
import { Button } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Money } from "~/components/Money";
import { PostForm } from "~/components/PostForm";
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
  /** Scripts may send a form in the background and show the next issue at once; what they leave alone is posted. */
  onDecide?: (event: FormEvent<HTMLFormElement>) => void;
};

/** One press: approves at the amount that the button says. */
export function ApproveForm({ issue, action, onDecide }: DecisionProps) {
  const t = useT();
  const format = useFormat();
  const { onSubmit, onClick } = useOnePress(onDecide);
  if (!issue.suggested) return null;
  return (
    <PostForm action={action} onSubmit={onSubmit}>
      <ShownFields issue={issue} priced />
      <Button tone="primary" name="intent" value="approve" onClick={onClick} kbd="e">
        {t("issues.card.approve", { amount: format.money(issue.suggested) })}
      </Button>
    </PostForm>
  );
}

export function CustomAmountForm({ issue, action, answer, onDecide }: DecisionProps) {
  const t = useT();
  const { onSubmit, onClick } = useOnePress(onDecide);
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
      <Rates rates={issue.rates} />
      <NoteField idPrefix="custom" values={values} errors={errors} />
      <Button tone="primary" name="intent" value="approve" onClick={onClick}>
        {t("issues.card.custom.submit")}
      </Button>
    </PostForm>
  );
}

/** What the amount is measured by. */
function Rates({ rates }: Pick<IssueView, "rates">) {
  const t = useT();
  return (
    <dl className="rates" aria-label={t("triage.rates")}>
      {rates.map(({ severity, pays }) => (
        <div key={severity}>
          <dt>{t(`words.severity.${severity}`)}</dt>
          <dd>{pays ? <Money money={pays} /> : t("triage.rates.none")}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the page showed: the server refuses when it is no longer so. */
export function ShownFields({ issue, priced }: { issue: IssueView; priced?: boolean }) {
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

export function answerFor(panel: DecisionAnswer["panel"], answer: DecisionAnswer | null) {
  return answer?.panel === panel ? answer : NOTHING;
}
