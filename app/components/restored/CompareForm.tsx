import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { ErrorSummary } from "~/components/ErrorSummary";
import { TextArea } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import { restoredPath } from "~/http/paths";
import { useT } from "~/i18n/context";

/** `restorationId` null: nothing waits to be compared any more, and what was typed can only be copied. */
type Props = { restorationId: number | null; errors: FieldErrors; values: FieldValues };

/** An admin says what they compared, and lets payments go on. */
export function CompareForm({ restorationId, errors, values }: Props) {
  const t = useT();
  return (
    <Card title={t("restored.confirmTitle")}>
      <PostForm action={restoredPath()} className="stack">
        <ErrorSummary errors={errors} labels={{ note: t("restored.note") }} />
        {restorationId === null ? null : (
          <>
            <p>{t("restored.confirmBody")}</p>
            <input type="hidden" name="restoration" value={restorationId} />
          </>
        )}
        <TextArea
          name="note"
          label={t("restored.note")}
          rows={3}
          defaultValue={values.note}
          error={errors.note}
        />
        {restorationId === null ? null : <Button tone="danger">{t("restored.confirm")}</Button>}
      </PostForm>
    </Card>
  );
}
