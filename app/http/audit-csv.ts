import type { AuditLine } from "~/models/audit-list.server";
import type { CsvColumn } from "./csv-response.server";

type Exported = Omit<AuditLine, "at"> & { at: string };

/** Words of the database, so that a program can tell them apart; times in UTC. */
export const AUDIT_COLUMNS: readonly CsvColumn<Exported>[] = [
  { name: "at", plain: (line) => line.at },
  { name: "what", plain: (line) => line.what },
  { name: "actor", text: (line) => line.actor },
  { name: "subject", text: (line) => line.subject },
  { name: "issue", plain: (line) => line.issueId },
  { name: "batch", plain: (line) => line.batchId },
  { name: "amount_minor", plain: (line) => line.amount },
  { name: "currency", plain: (line) => line.currency },
  { name: "note", text: (line) => line.note },
  { name: "detail", text: (line) => (line.detail ? JSON.stringify(line.detail) : null) },
  { name: "address", text: (line) => line.address },
];
