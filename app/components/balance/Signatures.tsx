import { useT } from "~/i18n/context";

/** For both to sign on paper. */
export function Signatures() {
  const t = useT();
  return (
    <div className="row gap-x-12 break-inside-avoid">
      {(["payer", "payee"] as const).map((party) => (
        <div key={party} className="flex-1 basis-64">
          <p>{t(`balance.statement.${party}`)}</p>
          <p className="h-12 border-b" />
          <p className="meta">{t("balance.statement.signature")}</p>
        </div>
      ))}
    </div>
  );
}
