import { CheckboxRow } from "~/components/CheckboxRow";
import { fieldId } from "~/components/ErrorSummary";
import { Field, RadioGroup } from "~/components/Field";
import { isVoid, TAKE_BACKS } from "~/domain/take-back";
import type { ReceiptRefusal } from "~/http/receipt-post.server";
import { useRootData } from "~/http/root-data";
import { useFormat, useT } from "~/i18n/context";
import type { TransferView } from "~/models/batch-view.server";

type Props = { transfer: TransferView; refused: ReceiptRefusal | undefined };

const PREFIX = "receipt-take_back";

/** Which payments, what became of their money, why and when. */
export function TakeBackFields({ transfer, refused }: Props) {
  const t = useT();
  const today = useRootData()?.today;
  const { errors = {}, values = {} } = refused ?? {};
  return (
    <>
      <LivePayments transfer={transfer} refused={refused} />
      <RadioGroup
        name="how"
        label={t("batch.how")}
        options={TAKE_BACKS.map((how) => ({
          value: how,
          label: t(`batch.how.${how}`),
          hint: t(
            how === "void_kept"
              ? "batch.how.hint.kept"
              : isVoid(how)
                ? "batch.how.hint.void"
                : "batch.how.hint.queue",
          ),
        }))}
        defaultValue={values.how}
        error={errors.how}
        idPrefix={PREFIX}
      />
      <Field
        name="reason"
        label={t("batch.why")}
        hint={t("batch.why.seen")}
        defaultValue={values.reason}
        error={errors.reason}
        idPrefix={PREFIX}
      />
      <Field
        name="on"
        type="date"
        label={t("batch.on")}
        hint={t("batch.on.hint")}
        min={transfer.standing?.paidOn}
        max={today}
        defaultValue={values.on ?? today}
        error={errors.on}
        idPrefix={PREFIX}
      />
    </>
  );
}

function LivePayments({ transfer: { issues, currency }, refused }: Props) {
  const t = useT();
  const { money } = useFormat();
  const live = (issues ?? []).flatMap(({ payment, ...issue }) =>
    payment && !payment.takenBack ? [{ ...issue, paymentId: String(payment.id) }] : [],
  );
  const error = refused?.errors.payment;
  const id = fieldId("payment", PREFIX);
  return (
    <fieldset
      className={error ? "field field-bad" : "field"}
      aria-describedby={error && `${id}-error`}
    >
      <legend className="label">{t("batch.payments")}</legend>
      {error ? (
        <div className="field-error" id={`${id}-error`}>
          {error}
        </div>
      ) : null}
      {live.map(({ id: issueId, title, amount, paymentId }, index) => (
        <CheckboxRow
          key={paymentId}
          id={index === 0 ? id : undefined}
          name="payment"
          value={paymentId}
          defaultChecked={refused ? refused.ticked.includes(paymentId) : true}
          label={t("batch.payment", {
            id: String(issueId),
            title,
            amount: money({ currency, amount }),
          })}
        />
      ))}
    </fieldset>
  );
}
