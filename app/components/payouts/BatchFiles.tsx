import { ButtonLink } from "~/components/Button";
import { batchTransfersCsvPath } from "~/http/paths";
import { useT } from "~/i18n/context";

/** The transfers of a prepared batch as a file for the bank, also as Excel in Russian and Kazakh reads it. */
export function BatchFiles({ batchId }: { batchId: number }) {
  const t = useT();
  return (
    <>
      <ButtonLink to={batchTransfersCsvPath(batchId)} download>
        {t("batch.csv")}
      </ButtonLink>
      <ButtonLink to={batchTransfersCsvPath(batchId, { separator: "semicolon" })} download>
        {t("batch.csv.semicolons")}
      </ButtonLink>
    </>
  );
}
