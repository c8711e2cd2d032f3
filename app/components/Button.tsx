import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Kbd, useKeyOf } from "./Kbd";
import { PageLink } from "./PageLink";

type Look = {
  tone?: "primary" | "quiet" | "danger";
  children: ReactNode;
  className?: string;
};

export type ButtonProps = Look &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    /** The key that presses this button, where scripts listen for it; not part of its name. */
    kbd?: string;
  };

export function Button({ tone, kbd, className, children, ...props }: ButtonProps) {
  return (
    <button type="submit" {...useKeyOf(kbd)} {...props} className={buttonClass(tone, className)}>
      {children}
      <Kbd>{kbd}</Kbd>
    </button>
  );
}

export type ButtonLinkProps = Look & {
  to: string;
  /** A file rather than a page: the browser fetches it itself. */
  download?: boolean;
  kbd?: string;
  preventScrollReset?: boolean;
};

/** A link that looks like a button: for going somewhere, never for changing something. */
export function ButtonLink({
  to,
  tone,
  download,
  kbd,
  className,
  children,
  ...props
}: ButtonLinkProps) {
  return (
    <PageLink
      {...props}
      to={to}
      reloadDocument={download}
      download={download}
      {...useKeyOf(kbd)}
      className={buttonClass(tone, className)}
    >
      {children}
      <Kbd>{kbd}</Kbd>
    </PageLink>
  );
}

function buttonClass(tone: Look["tone"] = "quiet", more = ""): string {
  return ["btn", tone === "quiet" ? "" : `btn-${tone}`, more].filter(Boolean).join(" ");
}
