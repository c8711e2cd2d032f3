import { Select } from "~/components/Field";
import {
  isNegativeClosing,
  ISSUE_STATUSES,
  type IssueStatus,
  legalStatusChange,
} from "~/domain/issue-status";
import { payoutSideEffectForStatusChange } from "~/domain/payout-status";
import { useFormat, useT } from "~/i18n/context";
import type { IssueView } from "~/models/issue.server";
import { FoldedForm } from "./CardForm";
import { ConfirmStatus } from "./ConfirmStatus";
import { type DecisionFormsProps, NoteField } from "./PendingForms";

/** Moves the bug; every choice says what it does to the money, before it is made. */
export function StatusForm({ issue, answer }: Omit<DecisionFormsProps, "intents">) {
  const t = useT();
  const labelOf = useStatusLabel(issue);
  if (answer?.intent === "status" && answer.confirm)
    return <ConfirmStatus issue={issue} answer={answer} effect={answer.confirm} />;
  const options = ISSUE_STATUSES.filter((to) => legalStatusChange(issue.status, to, "admin")).map(
    (to) => ({ value: to, label: labelOf(to) }),
  );
  const movesMoney = options.some(({ value, label }) => label !== t(`words.status.${value}`));
  return (
    <FoldedForm
      issue={issue}
      answer={answer}
      intent="status"
      title={t("issues.card.status")}
      hint={t(movesMoney ? "issues.status.hint.some" : "issues.status.hint.none")}
      submit={t("issues.card.status.submit")}
    >
      {({ values, errors, idPrefix }) => (
        <>
          <Select
            name="to"
            label={t("issues.card.status.to")}
            options={[{ value: "", label: t("issues.card.status.choose") }, ...options]}
            defaultValue={values.to}
            error={errors.to}
            idPrefix={idPrefix}
          />
          <NoteField values={values} errors={errors} idPrefix={idPrefix} />
        </>
      )}
    </FoldedForm>
  );
}

function useStatusLabel({ status: from, payoutStatus, approved }: IssueView) {
  const t = useT();
  const { money } = useFormat();
  return (to: IssueStatus): string => {
    const status = t(`words.status.${to}`);
    const effect = payoutSideEffectForStatusChange({ from, to, payoutStatus });
    if (effect === "pending") return t("issues.status.reopens", { status });
    if (effect === "rejected") {
      return payoutStatus === "approved" && approved
        ? t("issues.status.withdraws", { status, amount: money(approved) })
        : t("issues.status.rejects", { status });
    }
    const staysPaid = payoutStatus === "paid" && isNegativeClosing(to);
    return staysPaid ? t("issues.status.staysPaid", { status }) : status;
  };
}
