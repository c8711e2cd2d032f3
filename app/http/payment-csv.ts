import type { ExportedPayment, ExportedTesterPayment } from "~/models/payment-export.server";
import type { CsvColumn } from "./csv-response.server";

/** The header of DESIGN 6, letter by letter. */
export const PAYMENT_COLUMNS: readonly CsvColumn<ExportedPayment>[] = [
  { name: "date", plain: (payment) => payment.date },
  { name: "cycle_name", text: (payment) => payment.cycleName },
  { name: "issue_title", text: (payment) => payment.issueTitle },
  { name: "severity", plain: (payment) => payment.severity },
  { name: "amount", amount: (payment) => payment.amount },
  { name: "currency", plain: (payment) => payment.currency },
  { name: "method", plain: (payment) => payment.method },
  { name: "reference", text: (payment) => payment.reference },
];

export const TESTER_PAYMENT_COLUMNS: readonly CsvColumn<ExportedTesterPayment>[] = [
  ...PAYMENT_COLUMNS,
  { name: "tester_name", text: (payment) => payment.testerName },
  { name: "tester_email", text: (payment) => payment.testerEmail },
  { name: "batch_id", plain: (payment) => payment.batchId },
];
