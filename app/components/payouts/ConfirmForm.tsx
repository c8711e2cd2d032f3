import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field, RadioGroup, Select } from "~/components/Field";
import { Money } from "~/components/Money";
import { PostForm } from "~/components/PostForm";
import type { BatchWarning } from "~/domain/batch-warning";
import { PAYOUT_METHODS } from "~/domain/payment";
import { methodField, paidOnField, referenceField } from "~/forms/confirm-form";
import type { BatchRefusal } from "~/http/batch-post.server";
import { batchPath } from "~/http/paths";
import { useRootData } from "~/http/root-data";
import { useFormat, useT } from "~/i18n/context";
import type { BatchView, TransferView } from "~/models/batch-view.server";
import { WarningTicks } from "./WarningTicks";

/** The method that the form offers first: most transfers here go by Kaspi. */
export const FIRST_METHOD = "kaspi";

type Props = {
  batch: BatchView;
  warnings: readonly BatchWarning[];
  formKey: string;
  refused: BatchRefusal | undefined;
};

/** Step 2: how each transfer went out. One method and date for all, and what differs beside each line. */
export function ConfirmForm({ batch, warnings, formKey, refused }: Props) {
  const t = useT();
  const format = useFormat();
  const today = useRootData()?.today;
  const open = batch.transfers.filter((transfer) => transfer.leftOut === null);
  const { errors = {}, values } = refused ?? {};
  const amount = batch.totals.map((money) => format.money(money)).join(" + ");
  return (
    <Card title={t("payouts.confirmTitle")}>
      <ErrorSummary errors={errors} labels={useLabels(open)} />
      <PostForm action={batchPath(batch.id)} className="stack">
        <input type="hidden" name="key" value={formKey} />
        <p className="meta">{t("payouts.confirmHint")}</p>
        <RadioGroup
          name="method"
          label={t("payouts.methodForAll")}
          defaultValue={values?.method ?? FIRST_METHOD}
          error={errors.method}
          options={PAYOUT_METHODS.map((method) => ({
            value: method,
            label: t(`words.method.${method}`),
          }))}
        />
        <Field
          name="paidOn"
          type="date"
          label={t("payouts.paidOnForAll")}
          defaultValue={values?.paidOn ?? today}
          max={today}
          error={errors.paidOn}
        />
        {open.map((transfer) => (
          <TransferFields key={transfer.id} transfer={transfer} refused={refused} />
        ))}
        <WarningTicks batch={batch} warnings={warnings} ticked={refused?.ticked ?? []} />
        <div>
          <Button tone="primary" name="intent" value="confirm">
            {t("payouts.confirm", { amount })}
          </Button>
        </div>
      </PostForm>
    </Card>
  );
}

function TransferFields({
  transfer,
  refused,
}: {
  transfer: TransferView;
  refused: BatchRefusal | undefined;
}) {
  const t = useT();
  const { id, currency, total, testerName } = transfer;
  const { errors = {}, values = {} } = refused ?? {};
  const names = { reference: referenceField(id), method: methodField(id), paidOn: paidOnField(id) };
  return (
    <fieldset className="line-fields">
      <legend className="label">
        {t.rich("payouts.transferTo", {
          name: testerName,
          amount: <Money money={{ currency, amount: total }} />,
        })}
      </legend>
      <Field
        name={names.reference}
        label={t("payouts.reference")}
        defaultValue={values[names.reference]}
        error={errors[names.reference]}
        autoComplete="off"
      />
      <Select
        name={names.method}
        label={t("payouts.method")}
        defaultValue={values[names.method]}
        error={errors[names.method]}
        options={[
          { value: "", label: t("payouts.methodAsAbove") },
          ...PAYOUT_METHODS.map((method) => ({
            value: method,
            label: t(`words.method.${method}`),
          })),
        ]}
      />
      <Field
        name={names.paidOn}
        type="date"
        label={t("payouts.paidOn")}
        defaultValue={values[names.paidOn]}
        error={errors[names.paidOn]}
      />
    </fieldset>
  );
}

function useLabels(transfers: readonly TransferView[]): Record<string, string> {
  const t = useT();
  const labels: Record<string, string> = {
    method: t("payouts.methodForAll"),
    paidOn: t("payouts.paidOnForAll"),
  };
  for (const { id, testerName } of transfers) {
    labels[referenceField(id)] = `${testerName}, ${t("payouts.reference").toLowerCase()}`;
    labels[methodField(id)] = `${testerName}, ${t("payouts.method").toLowerCase()}`;
    labels[paidOnField(id)] = `${testerName}, ${t("payouts.paidOn").toLowerCase()}`;
  }
  return labels;
}
