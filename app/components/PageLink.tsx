import { Link, type LinkProps } from "@remix-run/react";

/** A link to a page of the app, without the attribute for scripts that Remix would add to each. */
export function PageLink(props: LinkProps) {
  return <Link discover="none" {...props} />;
}
