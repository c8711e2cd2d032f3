import { DescriptionList } from "~/components/DescriptionList";
import { When } from "~/components/When";
import { amountToInputText } from "~/domain/money";
import { useT } from "~/i18n/context";
import type { BatchView, TransferView } from "~/models/batch-view.server";
import { CopyText } from "./CopyText";

type Props = { batch: BatchView; transfer: TransferView };

/** What the banking app asks for, in the order in which it asks. */
export function FactsToSend({ batch, transfer }: Props) {
  const t = useT();
  const { payeeName, kaspiPhone, iban, total, currency, count, testerName: name } = transfer;
  const amount = amountToInputText(total);
  const purpose = t("payouts.purposeText", { batch: String(batch.id), count });
  const copied = (what: string, text: string | null) =>
    text === null ? null : <CopyText text={text} what={what.toLowerCase()} name={name} />;
  return (
    <DescriptionList
      items={[
        [t("payouts.kaspiPhone"), copied(t("payouts.kaspiPhone"), kaspiPhone)],
        [t("payouts.iban"), copied(t("payouts.iban"), iban)],
        [t("payouts.account"), (kaspiPhone ?? iban) ? null : t("payouts.noAccount")],
        [t("payouts.payee"), payeeName],
        [`${t("payouts.amount")}, ${currency}`, copied(t("payouts.amount"), amount)],
        [t("payouts.purpose"), copied(t("payouts.purpose"), purpose)],
      ]}
    />
  );
}

/** How a transfer went out, as it was corrected last. */
export function FactsSent({ transfer }: { transfer: TransferView }) {
  const t = useT();
  const { method, standing, payeeName, kaspiPhone, iban } = transfer;
  if (!method || !standing) return null;
  const account = { kaspi: kaspiPhone, bank: iban, cash: null }[method];
  return (
    <DescriptionList
      items={[
        [t("payouts.method"), t(`words.method.${method}`)],
        [t("payouts.reference"), standing.reference],
        [t("payouts.paidOn"), <When value={standing.paidOn} />],
        [t("payouts.payee"), payeeName],
        [t("payouts.account"), account],
      ]}
    />
  );
}
