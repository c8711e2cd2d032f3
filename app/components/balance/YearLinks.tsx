import { PageLink } from "~/components/PageLink";
import { wholeYear } from "~/filters/statement-period";
import type { IsoDate } from "~/domain/team-date";
import { statementPath } from "~/http/paths";
import { useT } from "~/i18n/context";

type YearLinksProps = {
  /** Those with payments, the latest first. */
  years: readonly number[];
  period: { readonly from: IsoDate; readonly to: IsoDate };
};

/** A whole year at a press: what the tax office asks for in January. */
export function YearLinks({ years, period }: YearLinksProps) {
  const t = useT();
  if (years.length === 0) return null;
  return (
    <p className="row">
      <span className="meta">{t("balance.statement.wholeYear")}</span>
      {years.map((year) => {
        const { from, to } = wholeYear(year);
        const isShown = from === period.from && to === period.to;
        return (
          <PageLink
            key={year}
            to={statementPath({ from, to })}
            aria-current={isShown ? "page" : undefined}
          >
            {year}
          </PageLink>
        );
      })}
    </p>
  );
}
