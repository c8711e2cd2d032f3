import { CheckboxRow } from "~/components/CheckboxRow";
import { type BatchWarning, warningCode } from "~/domain/batch-warning";
import { useFormat, useT } from "~/i18n/context";
import type { BatchView } from "~/models/batch-view.server";

type Props = {
  batch: BatchView;
  warnings: readonly BatchWarning[];
  /** Codes that the last post had ticked. */
  ticked: readonly string[];
};

/** What to look at before money is said to have moved. Each is ticked; none of them blocks (DESIGN 5). */
export function WarningTicks({ batch, warnings, ticked }: Props) {
  const t = useT();
  const text = useWarningText(batch);
  if (warnings.length === 0) return null;
  return (
    <fieldset className="field card">
      <legend className="label">{t("payouts.warnings")}</legend>
      {warnings.map((warning) => {
        const code = warningCode(warning);
        return (
          <CheckboxRow
            key={code}
            name="warning"
            value={code}
            defaultChecked={ticked.includes(code)}
            label={text(warning)}
          />
        );
      })}
    </fieldset>
  );
}

function useWarningText(batch: BatchView) {
  const t = useT();
  const format = useFormat();
  return (warning: BatchWarning): string => {
    const { currency, testerId } = warning;
    const name = batch.transfers.find((line) => line.testerId === testerId)?.testerName ?? "";
    switch (warning.kind) {
      case "reference_reused":
        return t("payouts.warning.reference_reused", { name, reference: warning.reference });
      case "payee_changed_recently":
        return t("payouts.warning.payee_changed_recently", {
          name,
          date: format.day(warning.changedAt),
        });
      case "same_total_recently":
        return t("payouts.warning.same_total_recently", {
          name,
          amount: format.money({ currency, amount: warning.total }),
          date: format.day(warning.paidOn),
          batch: String(warning.batchId),
        });
      case "unusually_large":
        return t("payouts.warning.unusually_large", {
          name,
          amount: format.money({ currency, amount: warning.total }),
        });
      case "payee_missing":
        return t("payouts.warning.payee_missing", { name });
      case "tester_deactivated":
        return t("payouts.warning.tester_deactivated", { name });
    }
  };
}
