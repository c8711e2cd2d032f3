import { Field, RadioGroup } from "~/components/Field";
import { PageLink } from "~/components/PageLink";
import { CorrectionFields } from "~/components/payouts/CorrectionFields";
import { VOIDED_MONEY } from "~/domain/issue-move";
import type { Money } from "~/domain/money";
import type { IssueAnswer } from "~/http/issue-answer";
import { batchPath } from "~/http/paths";
import { useRootData } from "~/http/root-data";
import { useFormat, useT } from "~/i18n/context";
import { FoldedForm } from "./CardForm";
import type { DecisionFormsProps } from "./PendingForms";

type PaidFormsProps = DecisionFormsProps & { approved: Money };

/** A paid issue whose money came back, never left, or should not have been paid. */
export function PaidForms({ intents, ...card }: PaidFormsProps) {
  return (
    <>
      {intents.includes("reverse") ? <Reverse {...card} /> : null}
      {intents.includes("voidPaid") ? <VoidPaid {...card} /> : null}
      {/* Nobody corrects their own payment either. */}
      {intents.includes("reverse") ? <Correct {...card} /> : null}
    </>
  );
}

type CardProps = Omit<PaidFormsProps, "intents">;

function Reverse({ issue, answer, approved }: CardProps) {
  const t = useT();
  const { money } = useFormat();
  return (
    <FoldedForm
      issue={issue}
      answer={answer}
      intent="reverse"
      title={t("issues.card.reverse")}
      hint={t("issues.card.reverse.hint", { amount: money(approved) })}
      submit={t("issues.card.reverse.submit")}
    >
      {({ values, errors, idPrefix }) => (
        <>
          <RadioGroup
            name="kind"
            label={t("issues.card.what")}
            options={(["bounced", "never_sent"] as const).map((kind) => ({
              value: kind,
              label: t(`issues.card.kind.${kind}`),
            }))}
            defaultValue={values.kind}
            error={errors.kind}
            idPrefix={idPrefix}
          />
          <WhyAndWhen values={values} errors={errors} idPrefix={idPrefix} />
        </>
      )}
    </FoldedForm>
  );
}

function VoidPaid({ issue, answer, approved }: CardProps) {
  const t = useT();
  const { money } = useFormat();
  return (
    <FoldedForm
      issue={issue}
      answer={answer}
      intent="voidPaid"
      tone="danger"
      title={t("issues.card.voidPaid")}
      hint={t("issues.card.voidPaid.hint")}
      submit={t("issues.card.voidPaid.submit", { amount: money(approved) })}
    >
      {({ values, errors, idPrefix }) => (
        <>
          <RadioGroup
            name="money"
            label={t("issues.card.money")}
            options={VOIDED_MONEY.map((fate) => ({
              value: fate,
              label: t(`issues.card.money.${fate}`),
              hint: fate === "kept" ? t("issues.card.money.kept.hint") : undefined,
            }))}
            defaultValue={values.money}
            error={errors.money}
            idPrefix={idPrefix}
          />
          <WhyAndWhen values={values} errors={errors} idPrefix={idPrefix} />
        </>
      )}
    </FoldedForm>
  );
}

function Correct({ issue, answer }: CardProps) {
  const t = useT();
  const { sent } = issue;
  if (!sent) return null;
  const batch = (
    <PageLink to={batchPath(sent.batchId, { open: sent.transferId })}>
      {t("issues.card.batch", { id: String(sent.batchId) })}
    </PageLink>
  );
  return (
    <FoldedForm
      issue={issue}
      answer={answer}
      intent="correct"
      title={t("batch.correct")}
      hint={t.rich("batch.correctIssueHint", { batch, count: sent.issues })}
      submit={t("batch.correctSubmit")}
    >
      {({ values, errors, idPrefix }) => (
        <CorrectionFields sent={sent} values={values} errors={errors} idPrefix={idPrefix} />
      )}
    </FoldedForm>
  );
}

type WhyAndWhenProps = {
  values: IssueAnswer["values"];
  errors: IssueAnswer["errors"];
  idPrefix: string;
};

function WhyAndWhen({ values, errors, idPrefix }: WhyAndWhenProps) {
  const t = useT();
  const today = useRootData()?.today;
  return (
    <>
      <Field
        name="reason"
        label={t("issues.card.why")}
        hint={t("issues.card.why.seen")}
        defaultValue={values.reason}
        error={errors.reason}
        idPrefix={idPrefix}
      />
      <Field
        name="on"
        type="date"
        label={t("issues.card.on")}
        hint={t("issues.card.on.hint")}
        max={today}
        defaultValue={values.on ?? today}
        error={errors.on}
        idPrefix={idPrefix}
      />
    </>
  );
}
