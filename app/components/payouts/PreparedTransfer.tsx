import { Field, Select } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { type BatchWarning } from "~/domain/batch-warning";
import { PAYOUT_METHODS } from "~/domain/payment";
import { methodField, paidOnField, referenceField } from "~/forms/confirm-form";
import type { BatchRefusal } from "~/http/batch-post.server";
import { useT } from "~/i18n/context";
import type { BatchView, PayeeAccount, TransferView } from "~/models/batch-view.server";
import { LEAVE_OUT_FORM } from "./LeaveOutForm";
import { FactsToSend } from "./TransferFacts";
import { TransferIssues } from "./TransferIssues";
import { TransferRow } from "./TransferRow";
import { WarningTicks } from "./WarningTicks";

type Props = {
  batch: BatchView;
  transfer: TransferView;
  warnings: readonly BatchWarning[];
  refused: BatchRefusal | undefined;
  /** The last line is not left out: then the batch is cancelled. */
  canLeaveOut: boolean;
};

/** One transfer to send, and beside it how it went out. */
export function PreparedTransfer({ batch, transfer, warnings, refused, canLeaveOut }: Props) {
  const { id, testerId, currency, payeeNow } = transfer;
  const own = warnings.filter((w) => w.testerId === testerId && w.currency === currency);
  return (
    <TransferRow
      transfer={transfer}
      about={<TransferIssues batchId={batch.id} transfer={transfer} />}
      facts={<FactsToSend batch={batch} transfer={transfer} />}
      side={
        <>
          <input type="hidden" name="line" value={id} />
          <HowItWentOut transfer={transfer} refused={refused} canLeaveOut={canLeaveOut} />
        </>
      }
    >
      {payeeNow || own.length > 0 ? (
        <>
          {payeeNow ? <PayeeNow account={payeeNow} /> : null}
          <WarningTicks batch={batch} warnings={own} ticked={refused?.ticked ?? []} />
        </>
      ) : null}
    </TransferRow>
  );
}

function HowItWentOut({
  transfer: { id, testerName },
  refused,
  canLeaveOut,
}: Pick<Props, "transfer" | "refused" | "canLeaveOut">) {
  const t = useT();
  const { errors = {}, values = {} } = refused ?? {};
  const names = { reference: referenceField(id), method: methodField(id), paidOn: paidOnField(id) };
  const of = <span className="sr-only">, {testerName}</span>;
  const differs = [names.method, names.paidOn].some((name) => values[name] || errors[name]);
  return (
    <>
      <Field
        name={names.reference}
        label={
          <>
            {t("payouts.reference")}
            {of}
          </>
        }
        defaultValue={values[names.reference]}
        error={errors[names.reference]}
        autoComplete="off"
      />
      <div className="transfer-acts print:hidden">
        <details open={differs}>
          <summary className="text-sm">
            {t("batch.otherDetails")}
            {of}
          </summary>
          <div className="grid gap-2 mt-2">
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
              hint={t("payouts.paidOnHint")}
              defaultValue={values[names.paidOn]}
              error={errors[names.paidOn]}
            />
          </div>
        </details>
        {canLeaveOut ? (
          <button
            form={LEAVE_OUT_FORM}
            name="transfer"
            value={id}
            className="btn"
            aria-label={t("payouts.leaveOutOf", { name: testerName })}
          >
            {t("payouts.leaveOut")}
          </button>
        ) : null}
      </div>
    </>
  );
}

function PayeeNow({ account: { payeeName, kaspiPhone, iban } }: { account: PayeeAccount }) {
  const t = useT();
  const details = [payeeName, kaspiPhone, iban].filter(Boolean).join(" · ");
  return (
    <Notice tone="warning">
      <p>
        {t("batch.payeeNow")}{" "}
        <strong>{kaspiPhone || iban ? details : t("batch.payeeNow.none")}</strong>
      </p>
      <p className="hint">{t("batch.payeeNow.hint")}</p>
    </Notice>
  );
}
