import type { ReactNode } from "react";
import { PageLink } from "./PageLink";

type PageHeaderProps = {
  title: ReactNode;
  /** The page this one belongs to. */
  back?: { to: string; label: string };
  /** Beneath the title: badges, dates, a sentence. */
  children?: ReactNode;
  /** To the right of it, or below on a phone: buttons and links. */
  actions?: ReactNode;
};

export function PageHeader({ title, back, children, actions }: PageHeaderProps) {
  return (
    <div className="row header page-header">
      <div>
        {back ? (
          <p className="text-sm mb-1">
            <PageLink to={back.to}>{back.label}</PageLink>
          </p>
        ) : null}
        <h1>{title}</h1>
        {children ? <div className="row meta mt-1">{children}</div> : null}
      </div>
      {actions ? <div className="row">{actions}</div> : null}
    </div>
  );
}
