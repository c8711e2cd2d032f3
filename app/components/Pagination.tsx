import type { ReactNode } from "react";
import { useT } from "~/i18n/context";
import { ButtonLink } from "./Button";

type PaginationProps = {
  /** URLs; null where there is nothing in that direction. */
  newer: string | null;
  older: string | null;
  /** Where the order is not one of time. */
  labels?: { newer: string; older: string };
  /** Between the two: which part of the list this is. */
  children?: ReactNode;
};

/** Nothing at all when everything fits on one page. */
export function Pagination({ newer, older, labels, children }: PaginationProps) {
  const t = useT();
  if (newer === null && older === null) return null;
  return (
    <nav aria-label={t("app.pages")} className="row pager">
      {newer === null ? null : (
        <ButtonLink to={newer}>{`← ${labels?.newer ?? t("app.newer")}`}</ButtonLink>
      )}
      {children ? <span className="meta">{children}</span> : null}
      {older === null ? null : (
        <ButtonLink to={older}>{`${labels?.older ?? t("app.older")} →`}</ButtonLink>
      )}
    </nav>
  );
}
