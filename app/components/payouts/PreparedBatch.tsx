import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field, RadioGroup } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import type { BatchWarning } from "~/domain/batch-warning";
import { PAYOUT_METHODS } from "~/domain/payment";
import { methodField, paidOnField, referenceField } from "~/forms/confirm-form";
import type { BatchRefusal } from "~/http/batch-post.server";
import { batchPath } from "~/http/paths";
import { useRootData } from "~/http/root-data";
import { useFormat, useT } from "~/i18n/context";
import type { BatchView, TransferView } from "~/models/batch-view.server";
import { LeaveOutForm } from "./LeaveOutForm";
import { PreparedTransfer } from "./PreparedTransfer";

/** The method that the form offers first: most transfers here go by Kaspi. */
export const FIRST_METHOD = "kaspi";

type Props = {
  batch: BatchView;
  warnings: readonly BatchWarning[];
  formKey: string;
  refused: BatchRefusal | undefined;
};

/** Step 2 of DESIGN 5: what to send, and beside each transfer how it went out. One method and date for all. */
export function PreparedBatch({ batch, warnings, formKey, refused }: Props) {
  const t = useT();
  const format = useFormat();
  const open = batch.transfers.filter((transfer) => transfer.leftOut === null);
  const amount = batch.totals.map((money) => format.money(money)).join(" + ");
  return (
    <>
      <LeaveOutForm batchId={batch.id} />
      <ErrorSummary errors={refused?.errors} labels={useLabels(open)} />
      <PostForm action={batchPath(batch.id)} className="stack">
        <input type="hidden" name="key" value={formKey} />
        <CommonFields refused={refused} />
        <section aria-labelledby="transfers-title">
          <h2 id="transfers-title">{t("payouts.transfers")}</h2>
          <ol className="transfers">
            {open.map((transfer) => (
              <PreparedTransfer
                key={transfer.id}
                batch={batch}
                transfer={transfer}
                warnings={warnings}
                refused={refused}
                canLeaveOut={open.length > 1}
              />
            ))}
          </ol>
        </section>
        <div>
          <Button tone="primary" name="intent" value="confirm">
            {t("payouts.confirm", { amount })}
          </Button>
        </div>
      </PostForm>
    </>
  );
}

function CommonFields({ refused }: { refused: BatchRefusal | undefined }) {
  const t = useT();
  const today = useRootData()?.today;
  const { errors = {}, values } = refused ?? {};
  return (
    <Card title={t("payouts.confirmTitle")} className="print:hidden">
      <p className="meta">{t("payouts.confirmHint")}</p>
      <div className="row items-start gap-x-12 radios-in-line">
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
      </div>
    </Card>
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
