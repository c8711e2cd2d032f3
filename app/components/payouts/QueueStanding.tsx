import { Money } from "~/components/Money";
import { isPayeeNews } from "~/domain/payee";
import { dateInZone, daysBetween } from "~/domain/team-date";
import { useRootData } from "~/http/root-data";
import { useFormat, useT } from "~/i18n/context";
import type { QueueLine } from "~/models/pay-queue.server";

type Props = { line: QueueLine; now: Date; isOwn: boolean };

/** How long it waits, what was paid before, where it goes, and what to look at before sending anything. */
export function QueueStanding({ line, now, isOwn }: Props) {
  const t = useT();
  const warnings = useWarnings(line, now, isOwn);
  const history = useHistory(line, now);
  return (
    <div className="meta">
      <div>{history.join(" · ")}</div>
      <div>
        {t.rich("payouts.paidSoFar", {
          amount: <Money money={{ currency: line.currency, amount: line.paidLifetime }} />,
        })}
        <Accounts line={line} />
      </div>
      {warnings.length > 0 ? <div className="warn">{warnings.join(" · ")}</div> : null}
    </div>
  );
}

function useHistory(line: QueueLine, now: Date): string[] {
  const t = useT();
  const format = useFormat();
  const zone = useRootData()?.timeZone ?? "UTC";
  const days = daysBetween(dateInZone(line.oldestApprovedAt, zone), dateInZone(now, zone));
  const oldest = t("payouts.oldest", { age: format.age(days) });
  const last = line.lastPayment;
  if (!last) return [oldest, t("payouts.neverPaid")];
  const date = format.day(last.paidOn);
  const method = t(`words.method.${last.method}`);
  return [
    oldest,
    last.reference
      ? t("payouts.lastPaidRef", { date, method, reference: last.reference })
      : t("payouts.lastPaid", { date, method }),
  ];
}

/** By their last digits: enough to recognise one by, too little to send money to. */
function Accounts({ line: { payee } }: { line: QueueLine }) {
  const t = useT();
  const { kaspiEnding, ibanEnding } = payee;
  return (
    <>
      {kaspiEnding ? ` · ${t("payouts.kaspiEnding", { digits: kaspiEnding })}` : null}
      {ibanEnding ? ` · ${t("payouts.ibanEnding", { digits: ibanEnding })}` : null}
    </>
  );
}

function useWarnings(line: QueueLine, now: Date, isOwn: boolean): string[] {
  const t = useT();
  const format = useFormat();
  const zone = useRootData()?.timeZone ?? "UTC";
  const { kaspiEnding, ibanEnding, changedAt } = line.payee;
  const warnings: string[] = [];
  if (kaspiEnding === null && ibanEnding === null) warnings.push(t("payouts.payeeMissing"));
  if (isPayeeNews(changedAt, line.lastPayment?.paidOn ?? null, now, zone)) {
    const days = daysBetween(dateInZone(changedAt, zone), dateInZone(now, zone));
    warnings.push(t("payouts.payeeChanged", { ago: format.ago(days) }));
  }
  if (line.deactivated) warnings.push(t("payouts.deactivated"));
  if (isOwn) warnings.push(t("payouts.ownLine"));
  return warnings;
}
