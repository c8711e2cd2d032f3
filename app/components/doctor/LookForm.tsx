import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { ErrorSummary } from "~/components/ErrorSummary";
import { TextArea } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import { doctorPath } from "~/http/paths";
import { useT } from "~/i18n/context";

type LookFormProps = { runId: number; errors: FieldErrors; values: FieldValues };

/** An admin says what they found, and lets payments go on. */
export function LookForm({ runId, errors, values }: LookFormProps) {
  const t = useT();
  return (
    <Card title={t("doctor.lookTitle")}>
      <PostForm action={doctorPath()} className="stack">
        <ErrorSummary errors={errors} labels={{ note: t("doctor.note") }} />
        <p>{t("doctor.lookBody")}</p>
        <input type="hidden" name="run" value={runId} />
        <TextArea
          name="note"
          label={t("doctor.note")}
          rows={3}
          defaultValue={values.note}
          error={errors.note}
        />
        <Button tone="danger" name="intent" value="look">
          {t("doctor.look")}
        </Button>
      </PostForm>
    </Card>
  );
}
