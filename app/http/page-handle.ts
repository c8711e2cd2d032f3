import { useMatches } from "@remix-run/react";

/** `export const handle: PageHandle = { scripts: true }`: what a route asks of its document. */
export type PageHandle = {
  /** Load JavaScript. Without it the page is HTML and one stylesheet, which is what testers get. */
  scripts?: true;
  /** Use the whole width of the window, for two panes or many columns. */
  wide?: true;
  /** The page shows the message after a form itself, where it moves nothing. */
  ownFlash?: true;
};

export function usePageHandle(): PageHandle {
  const handles = useMatches().map(({ handle }) => (handle ?? {}) as PageHandle);
  return Object.assign({}, ...handles) as PageHandle;
}
