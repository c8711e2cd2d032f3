import type { T } from "~/i18n/translator";
import type { TransferToSend } from "~/models/transfer-export.server";
import type { CsvColumn } from "./csv-response.server";

/**
 * What a bank asks for. Phone and IBAN are digits and letters by the database's own rule, so they are written as they
 * are: a `'` before the + would be one in the bank's file.
 */
export function transferColumns(batchId: number, t: T): readonly CsvColumn<TransferToSend>[] {
  const batch = String(batchId);
  return [
    { name: "payee", text: (transfer) => transfer.payeeName },
    { name: "kaspi_phone", plain: (transfer) => transfer.kaspiPhone },
    { name: "iban", plain: (transfer) => transfer.iban },
    { name: "amount", amount: (transfer) => transfer.amount },
    { name: "currency", plain: (transfer) => transfer.currency },
    { name: "purpose", text: ({ count }) => t("payouts.purposeText", { batch, count }) },
    { name: "issues", plain: (transfer) => transfer.count },
  ];
}
