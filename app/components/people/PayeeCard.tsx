import { Card } from "~/components/Card";
import { DescriptionList } from "~/components/DescriptionList";
import { When } from "~/components/When";
import { ibanInGroups, phoneInGroups } from "~/domain/payee";
import { useT } from "~/i18n/context";
import type { PayeeNow } from "~/models/payee.server";

/** Where their wages are sent; only they themselves change it, under Settings. */
export function PayeeCard({ payee }: { payee: PayeeNow }) {
  const t = useT();
  const { payeeName, kaspiPhone, iban, changedAt, changedBy } = payee;
  return (
    <Card title={t("people.profile.payee")}>
      {kaspiPhone === null && iban === null ? (
        <p className="meta">{t("people.profile.payeeNone")}</p>
      ) : null}
      <DescriptionList
        items={[
          [t("people.profile.kaspi"), kaspiPhone && phoneInGroups(kaspiPhone)],
          [t("people.profile.iban"), iban && ibanInGroups(iban)],
          [t("people.profile.payeeName"), payeeName],
        ]}
      />
      {changedAt && changedBy ? (
        <p className="meta">
          {t.rich("people.profile.payeeChanged", {
            when: <When value={changedAt} as="dateTime" />,
            name: changedBy.name,
          })}
        </p>
      ) : null}
    </Card>
  );
}
