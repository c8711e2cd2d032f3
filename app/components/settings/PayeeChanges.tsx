import { When } from "~/components/When";
import { ibanInGroups, PAYEE_FIELDS, type PayeeDetails, phoneInGroups } from "~/domain/payee";
import { useT } from "~/i18n/context";
import type { PayeeChange } from "~/models/payee.server";

type Props = { viewerId: number; changes: readonly PayeeChange[] };

/** Every change, from what to what: somebody who did not make one can see it. */
export function PayeeChanges({ viewerId, changes }: Props) {
  const t = useT();
  if (changes.length === 0) return null;
  return (
    <details>
      <summary>{t("settings.payee.history")}</summary>
      <ul className="rows mt-2">
        {changes.map((change) => (
          <li key={change.id}>
            <div className="meta">
              {t.rich("settings.payee.historyLine", {
                when: <When value={change.at} as="dateTime" />,
                name: change.by.id === viewerId ? t("settings.payee.you") : change.by.name,
              })}
            </div>
            <ChangedFields change={change} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function ChangedFields({ change }: { change: PayeeChange }) {
  const t = useT();
  const changed = PAYEE_FIELDS.filter((field) => change.old[field] !== change.new[field]);
  return changed.map((field) => (
    <div key={field}>
      {t("settings.payee.fromTo", {
        field: t(`settings.payee.${field}`),
        old: shown(field, change.old) ?? t("settings.payee.nothing"),
        new: shown(field, change.new) ?? t("settings.payee.nothing"),
      })}
    </div>
  ));
}

function shown(field: keyof PayeeDetails, details: PayeeDetails): string | null {
  const value = details[field];
  if (value === null || field === "payeeName") return value;
  return field === "iban" ? ibanInGroups(value) : phoneInGroups(value);
}
