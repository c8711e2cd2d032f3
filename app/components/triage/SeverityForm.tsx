import { Button } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { RadioGroup } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import { useFormat, useT } from "~/i18n/context";
import { answerFor, type DecisionProps, ShownFields } from "./DecisionForms";

/** The severity as an admin sees it, with what it would pay: the suggestion follows it until the approval. */
export function SeverityForm({ issue, action, answer }: DecisionProps) {
  const t = useT();
  const { money } = useFormat();
  const { errors, values } = answerFor("severity", answer);
  return (
    <PostForm action={action} className="decision-panel">
      <ErrorSummary errors={errors.form ? null : errors} idPrefix="severity" />
      <ShownFields issue={issue} />
      <RadioGroup
        name="severity"
        idPrefix="severity"
        label={t("triage.severity")}
        hint={t("triage.severity.hint")}
        options={issue.rates.map(({ severity, pays }) => ({
          value: severity,
          label: t(`words.severity.${severity}`),
          hint: pays ? money(pays) : t("triage.rates.none"),
        }))}
        defaultValue={values.severity ?? issue.severity}
        error={errors.severity}
      />
      <Button name="intent" value="severity">
        {t("triage.severity.submit")}
      </Button>
    </PostForm>
  );
}
