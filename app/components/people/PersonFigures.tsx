import { Money, MoneyList } from "~/components/Money";
import { Stat, Stats } from "~/components/Stat";
import { When } from "~/components/When";
import { type Money as MoneyValue, money } from "~/domain/money";
import { issuesPath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { UserProfile } from "~/models/user-profile.server";

/** What they did and what it earned, by the same sums as their own Balance. */
export function PersonFigures({ person }: { person: UserProfile }) {
  const t = useT();
  const { percent } = useFormat();
  const { issues, totals, acceptanceRate } = person.balance;
  const tester = person.id;
  return (
    <Stats>
      <Stat label={t("people.profile.paid")} to={issuesPath({ tester, payoutStatus: "paid" })}>
        <MoneyList list={sums(totals, "paid")} />
      </Stat>
      <Stat label={t("people.profile.owed")} to={issuesPath({ tester, payoutStatus: "approved" })}>
        <MoneyList list={sums(totals, "pending")} />
      </Stat>
      <Stat label={t("people.profile.lastPayment")} detail={<PaymentFacts person={person} />}>
        {person.lastPayment ? <Money money={person.lastPayment.money} /> : t("app.none")}
      </Stat>
      <Stat label={t("people.profile.reports")} to={issuesPath({ tester })}>
        {t("people.profile.reportsCount", { count: issues.filed })}
      </Stat>
      <Stat label={t("people.profile.acceptance")}>{percent(acceptanceRate)}</Stat>
    </Stats>
  );
}

function PaymentFacts({ person: { lastPayment } }: { person: UserProfile }) {
  const t = useT();
  if (!lastPayment) return null;
  return t.rich("people.profile.lastPaymentLine", {
    date: <When value={lastPayment.paidOn} />,
    method: t(`words.method.${lastPayment.method}`),
  });
}

/** One entry per currency that has any. */
function sums(
  totals: UserProfile["balance"]["totals"],
  what: "paid" | "pending",
): readonly MoneyValue[] {
  return totals
    .filter((total) => total[what] !== 0)
    .map((total) => money(total.currency, total[what]));
}
