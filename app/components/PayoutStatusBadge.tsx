import type { PayoutStatus } from "~/domain/payout-status";
import { useT } from "~/i18n/context";

export function PayoutStatusBadge({ status }: { status: PayoutStatus }) {
  return <span className={`badge is-${status}`}>{useT()(`words.payout.${status}`)}</span>;
}
