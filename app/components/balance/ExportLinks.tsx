import { ButtonLink } from "~/components/Button";
import { PageLink } from "~/components/PageLink";
import { balanceCsvPath, statementPath } from "~/http/paths";
import { useT } from "~/i18n/context";

export function ExportLinks() {
  const t = useT();
  return (
    <>
      <ButtonLink to={balanceCsvPath()} download>
        {t("balance.downloadCsv")}
      </ButtonLink>
      <ButtonLink to={statementPath()}>{t("balance.printStatement")}</ButtonLink>
    </>
  );
}

/** Which of the two files a spreadsheet opens as it is (DESIGN 6). */
export function ExcelHint() {
  const t = useT();
  const semicolons = (
    <PageLink to={balanceCsvPath({ separator: "semicolon" })} reloadDocument download>
      {t("balance.csvSemicolons")}
    </PageLink>
  );
  return <p className="hint print:hidden">{t.rich("balance.csvHint", { semicolons })}</p>;
}
