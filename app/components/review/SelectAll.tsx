import type { MouseEvent } from "react";
import { PageLink } from "~/components/PageLink";
import { type ReviewFilter, reviewFilterQuery } from "~/filters/review-filter";
import { payoutsPath, reviewPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { Ticked } from "./use-ticked";

type Props = {
  filter: ReviewFilter;
  /** How many rows have a box. */
  pickable: number;
  /** Null without scripts: then the link asks for the page with every box ticked. */
  ticked: Ticked | null;
  tickAll: (checked: boolean) => void;
  allTicked: boolean;
  from: "payouts" | undefined;
};

/** Ticks every row of the page, or none. Filters stay; the page begins anew. */
export function SelectAll({ filter, pickable, ticked, tickAll, allTicked, from }: Props) {
  const t = useT();
  const isAll = ticked ? ticked.count === pickable : allTicked;
  const select = isAll ? null : "all";
  const to =
    from === "payouts"
      ? `${payoutsPath({ review: select })}#pending`
      : reviewPath({ ...reviewFilterQuery(filter), select });
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    tickAll(!isAll);
  };
  return (
    <PageLink to={to} onClick={onClick} className="text-sm" preventScrollReset>
      {isAll ? t("review.selectNone") : t("review.selectAll", { count: pickable })}
    </PageLink>
  );
}
