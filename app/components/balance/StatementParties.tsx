import { DescriptionList } from "~/components/DescriptionList";
import { When } from "~/components/When";
import type { StatementPeriod } from "~/filters/statement-period";
import { useRootData } from "~/http/root-data";
import { useFormat, useT } from "~/i18n/context";
import type { Payee } from "~/models/statement.server";

type StatementPartiesProps = { payee: Payee; period: StatementPeriod };

/** For which days, by whom (tiyn knows people, not companies: a line to fill in), and to whom. */
export function StatementParties({ payee, period }: StatementPartiesProps) {
  const t = useT();
  const { date } = useFormat();
  const today = useRootData()?.today;
  return (
    <DescriptionList
      items={[
        [
          t("balance.statement.period"),
          t("balance.statement.periodOf", { from: date(period.from), to: date(period.to) }),
        ],
        // To be filled in by hand.
        [t("balance.statement.payer"), "\u00a0"],
        [t("balance.statement.payee"), payeeText(payee)],
        [t("balance.statement.issuedOn"), today ? <When value={today} /> : null],
      ]}
    />
  );
}

/** The account's name, and the name at the bank where that is another one. */
function payeeText({ name, email, payeeName, account }: Payee): string {
  const names = payeeName === null || payeeName === name ? name : `${name} (${payeeName})`;
  return [names, email, account].filter(Boolean).join(", ");
}
