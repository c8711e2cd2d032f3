import { Field } from "~/components/Field";
import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import { useRootData } from "~/http/root-data";
import { useT } from "~/i18n/context";

type Props = {
  /** What counts now. */
  sent: { reference: string | null; paidOn: string; correctionId: number };
  errors: FieldErrors | undefined;
  values: FieldValues | undefined;
  idPrefix: string;
};

/** What a transfer should have said, with what it says now filled in. */
export function CorrectionFields({ sent, errors = {}, values = {}, idPrefix }: Props) {
  const t = useT();
  const today = useRootData()?.today;
  return (
    <>
      <input type="hidden" name="shown" value={sent.correctionId} />
      <Field
        name="reference"
        label={t("payouts.reference")}
        defaultValue={values.reference ?? sent.reference ?? ""}
        error={errors.reference}
        autoComplete="off"
        idPrefix={idPrefix}
      />
      <Field
        name="paidOn"
        type="date"
        label={t("payouts.paidOn")}
        max={today}
        defaultValue={values.paidOn ?? sent.paidOn}
        error={errors.paidOn}
        idPrefix={idPrefix}
      />
      <Field
        name="reason"
        label={t("batch.correctWhy")}
        defaultValue={values.reason}
        error={errors.reason}
        idPrefix={idPrefix}
      />
    </>
  );
}
