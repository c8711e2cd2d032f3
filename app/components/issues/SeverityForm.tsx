import { Select } from "~/components/Field";
import { SEVERITIES } from "~/domain/severity";
import { useT } from "~/i18n/context";
import { FoldedForm } from "./CardForm";
import type { DecisionFormsProps } from "./PendingForms";

/** While the payout waits: a severity that its tester chose too high or too low. */
export function SeverityForm({ issue, answer }: Omit<DecisionFormsProps, "intents">) {
  const t = useT();
  return (
    <FoldedForm
      issue={issue}
      answer={answer}
      intent="severity"
      title={t("issueTalk.severity.title")}
      hint={t("issueTalk.severity.hint")}
      submit={t("issueTalk.severity.submit")}
    >
      {({ values, errors, idPrefix }) => (
        <Select
          name="severity"
          label={t("issues.severity")}
          options={SEVERITIES.map((severity) => ({
            value: severity,
            label: t(`words.severity.${severity}`),
          }))}
          defaultValue={values.severity ?? issue.severity}
          error={errors.severity}
          idPrefix={idPrefix}
        />
      )}
    </FoldedForm>
  );
}
