import { Button } from "~/components/Button";
import { Field } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import { choiceText } from "~/domain/choice";
import { amountToInputText, type Money } from "~/domain/money";
import { batchesPath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import { AmountField } from "./AmountField";
import { FoldedForm } from "./CardForm";
import type { DecisionFormsProps } from "./PendingForms";

type ApprovedFormsProps = DecisionFormsProps & {
  approved: Money;
  /** One-time key of the batch that [Mark paid] prepares. */
  payKey: string;
};

/** An approved payout: pay it, change the amount, or cancel the commitment. */
export function ApprovedForms({ approved, payKey, ...card }: ApprovedFormsProps) {
  const { intents, issue } = card;
  return (
    <>
      {intents.includes("changeAmount") ? (
        <MarkPaid issueId={issue.id} approved={approved} payKey={payKey} />
      ) : null}
      {intents.includes("changeAmount") ? <ChangeAmount {...card} approved={approved} /> : null}
      {intents.includes("void") ? <VoidCommitment {...card} approved={approved} /> : null}
    </>
  );
}

/** A batch of one: the pay flow asks for the rest, and nothing is paid before it is confirmed there. */
function MarkPaid({
  issueId,
  approved,
  payKey,
}: {
  issueId: number;
  approved: Money;
  payKey: string;
}) {
  const t = useT();
  const { money } = useFormat();
  return (
    <PostForm action={batchesPath()} className="grid gap-2">
      <p className="hint">{t("issues.card.pay.hint", { amount: money(approved) })}</p>
      <input type="hidden" name="key" value={payKey} />
      <input
        type="hidden"
        name="choice"
        value={choiceText({ issueId, expected: approved.amount })}
      />
      <div>
        <Button tone="primary" name="intent" value="prepare">
          {t("issues.card.pay")}
        </Button>
      </div>
    </PostForm>
  );
}

function ChangeAmount({ issue, answer, approved }: Omit<ApprovedFormsProps, "payKey" | "intents">) {
  const t = useT();
  return (
    <FoldedForm
      issue={issue}
      answer={answer}
      intent="changeAmount"
      title={t("issues.card.change")}
      submit={t("issues.card.change.submit")}
    >
      {({ values, errors, idPrefix }) => (
        <>
          <AmountField
            currency={approved.currency}
            defaultValue={values.amountText ?? amountToInputText(approved.amount)}
            error={errors.amountText}
            idPrefix={idPrefix}
          />
          <Field
            name="note"
            label={t("issues.card.why")}
            hint={t("issues.card.why.seen")}
            defaultValue={values.note}
            error={errors.note}
            idPrefix={idPrefix}
          />
        </>
      )}
    </FoldedForm>
  );
}

function VoidCommitment({
  issue,
  answer,
  approved,
}: Omit<ApprovedFormsProps, "payKey" | "intents">) {
  const t = useT();
  const { money } = useFormat();
  const amount = money(approved);
  return (
    <FoldedForm
      issue={issue}
      answer={answer}
      intent="void"
      tone="danger"
      title={t("issues.card.void")}
      hint={t("issues.card.void.hint", { amount })}
      submit={t("issues.card.void.submit", { amount })}
    >
      {({ values, errors, idPrefix }) => (
        <Field
          name="reason"
          label={t("issues.card.why")}
          hint={t("issues.card.why.seen")}
          defaultValue={values.reason}
          error={errors.reason}
          idPrefix={idPrefix}
        />
      )}
    </FoldedForm>
  );
}
