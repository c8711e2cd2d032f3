import type { ReactNode } from "react";
import { PageLink } from "./PageLink";

/** A list of figures: rows on a phone, columns on a laptop. */
export function Stats({ children }: { children: ReactNode }) {
  return <dl className="stats">{children}</dl>;
}

type StatProps = {
  label: string;
  /** The figure: text, Money or MoneyList. */
  children: ReactNode;
  /** Small, after the figure: "12 issues". */
  detail?: ReactNode;
  /** Where the figure is broken down. */
  to?: string;
};

export function Stat({ label, children, detail, to }: StatProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {to ? <PageLink to={to}>{children}</PageLink> : children}
        {detail ? <div className="meta">{detail}</div> : null}
      </dd>
    </div>
  );
}
