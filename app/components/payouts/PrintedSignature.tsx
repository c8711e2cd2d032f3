import { useT } from "~/i18n/context";

/** On paper only: who sent the transfers signs for it. */
export function PrintedSignature() {
  const t = useT();
  return (
    <div className="hidden print:flex gap-8 break-inside-avoid">
      {[t("batch.preparedFor"), t("payouts.when"), t("batch.signature")].map((label) => (
        <div key={label} className="flex-1">
          <p className="h-12 border-b" />
          <p className="meta">{label}</p>
        </div>
      ))}
    </div>
  );
}
