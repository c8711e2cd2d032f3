import { type ReactNode, useId } from "react";

type CardProps = {
  title?: ReactNode;
  /** To the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** A raised section; with a title it is a region of the page. */
export function Card({ title, actions, children, className }: CardProps) {
  const titleId = useId();
  const classes = className ? `card ${className}` : "card";
  if (!title) return <div className={classes}>{children}</div>;
  return (
    <section className={classes} aria-labelledby={titleId}>
      <div className="row header">
        <h2 id={titleId}>{title}</h2>
        {actions ? <div className="row">{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}
