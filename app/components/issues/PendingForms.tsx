import { RadioGroup, TextArea } from "~/components/Field";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { amountToInputText } from "~/domain/money";
import type { CardIntent } from "~/forms/payout-card-form";
import type { IssueAnswer } from "~/http/issue-answer";
import { useFormat, useT } from "~/i18n/context";
import type { IssueView } from "~/models/issue.server";
import { AmountField } from "./AmountField";
import { CardForm, FoldedForm } from "./CardForm";

export type DecisionFormsProps = {
  issue: IssueView;
  intents: readonly CardIntent[];
  answer: IssueAnswer | undefined;
};

/** A payout that waits for a decision: approve what the rates suggest, approve something else, or reject. */
export function PendingForms({ issue, intents, answer }: DecisionFormsProps) {
  const t = useT();
  const { money } = useFormat();
  const { suggested } = issue;
  const card = { issue, answer };
  return (
    <>
      {intents.includes("approve") && suggested ? (
        <CardForm
          {...card}
          intent="approve"
          tone="primary"
          submit={t("issues.card.approve", { amount: money(suggested) })}
        >
          {() => (
            <>
              <Shown suggested={suggested} currency={issue.currency} />
              {issue.status === "open" ? (
                <p className="hint">{t("issues.card.approve.hint")}</p>
              ) : null}
            </>
          )}
        </CardForm>
      ) : null}
      {intents.includes("approveCustom") ? <CustomAmount issue={issue} answer={answer} /> : null}
      {intents.includes("reject") ? <Reject issue={issue} answer={answer} /> : null}
    </>
  );
}

/** What the page shows: refused when it is no longer so. */
function Shown({ suggested, currency }: Pick<IssueView, "suggested" | "currency">) {
  return (
    <>
      <input type="hidden" name="currency" value={currency} />
      {suggested ? <input type="hidden" name="expected" value={suggested.amount} /> : null}
    </>
  );
}

function CustomAmount({ issue, answer }: Omit<DecisionFormsProps, "intents">) {
  const t = useT();
  const { suggested } = issue;
  return (
    <FoldedForm
      issue={issue}
      answer={answer}
      intent="approveCustom"
      title={t("issues.card.custom")}
      hint={suggested ? null : t("issues.noSuggestion")}
      open={suggested === null}
      submit={t("issues.card.custom.submit")}
    >
      {({ values, errors, idPrefix }) => (
        <>
          <Shown suggested={suggested} currency={issue.currency} />
          <AmountField
            currency={issue.currency}
            defaultValue={
              values.amountText ?? (suggested ? amountToInputText(suggested.amount) : "")
            }
            error={errors.amountText}
            idPrefix={idPrefix}
          />
          <NoteField values={values} errors={errors} idPrefix={idPrefix} />
        </>
      )}
    </FoldedForm>
  );
}

function Reject({ issue, answer }: Omit<DecisionFormsProps, "intents">) {
  const t = useT();
  return (
    <FoldedForm
      issue={issue}
      answer={answer}
      intent="reject"
      tone="danger"
      title={t("issues.card.reject")}
      hint={
        issue.status === "open"
          ? t("issues.card.reject.closes")
          : t("issues.card.reject.keeps", { status: t(`words.status.${issue.status}`) })
      }
      submit={t("issues.card.reject.submit")}
    >
      {({ values, errors, idPrefix }) => (
        <>
          <RadioGroup
            name="reason"
            label={t("issues.card.reason")}
            options={NEGATIVE_CLOSINGS.map((reason) => ({
              value: reason,
              label: t(`words.reason.${reason}`),
            }))}
            defaultValue={values.reason}
            error={errors.reason}
            idPrefix={idPrefix}
          />
          <NoteField values={values} errors={errors} idPrefix={idPrefix} />
        </>
      )}
    </FoldedForm>
  );
}

type NoteFieldProps = {
  values: IssueAnswer["values"];
  errors: IssueAnswer["errors"];
  idPrefix: string;
};

export function NoteField({ values, errors, idPrefix }: NoteFieldProps) {
  const t = useT();
  return (
    <TextArea
      name="note"
      label={t("issues.card.note")}
      hint={t("issues.card.note.seen")}
      optional
      rows={3}
      defaultValue={values.note}
      error={errors.note}
      idPrefix={idPrefix}
    />
  );
}
