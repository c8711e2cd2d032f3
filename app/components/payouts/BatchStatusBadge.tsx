import { useT } from "~/i18n/context";
import type { BatchSummary } from "~/models/batch-list.server";

// A batch has the colours of what becomes of its money.
const COLOUR = { prepared: "is-pending", confirmed: "is-paid", cancelled: "is-void" } as const;

export function BatchStatusBadge({ status }: { status: BatchSummary["status"] }) {
  return <span className={`badge ${COLOUR[status]}`}>{useT()(`words.batch.${status}`)}</span>;
}
