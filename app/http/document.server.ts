import type { AppLoadContext, EntryContext } from "@remix-run/node";
import { DATABASE_BACK_SECONDS } from "./errors.server";
import type { PageHandle } from "./page-handle";

/** Headers that belong to an answer wherever it was made; Remix keeps only cookies of what loaders and actions set. */
const CARRIED = ["Retry-After", "Allow"];

/**
 * Finishes what Remix leaves open about a page before it is rendered: carries headers over from loaders and actions,
 * tells the server in front whether the page has scripts, and turns an outage into a 503. Returns the status.
 */
export function settleDocument(
  status: number,
  headers: Headers,
  { staticHandlerContext: page, routeModules }: EntryContext,
  { notes }: AppLoadContext,
): number {
  const handles = page.matches.map(({ route }) => routeModules[route.id]?.handle as PageHandle);
  notes.scripts = handles.some((handle) => handle?.scripts);
  for (const own of [...Object.values(page.loaderHeaders), ...Object.values(page.actionHeaders)])
    for (const name of CARRIED) {
      const value = own.get(name);
      if (value) headers.set(name, value);
    }
  if (!notes.outage || status !== 500) return status;
  headers.set("Retry-After", String(DATABASE_BACK_SECONDS));
  for (const routeId of Object.keys(page.errors ?? {})) {
    if (page.errors) page.errors[routeId] = OUTAGE;
  }
  return 503;
}

/**
 * Has the reader's language loaded along with the scripts, which would ask for it only once they run. In the header
 * and not in the document: nothing of it is left for the browser's own render to miss.
 */
export function preloadCatalogue(headers: Headers, addresses: readonly string[] = []): void {
  for (const address of addresses) headers.append("Link", `<${address}>; rel=modulepreload`);
}

/** What Remix makes of a thrown 503, so that the error page speaks of an outage and not of a mistake. */
const OUTAGE = { status: 503, statusText: "", internal: false, data: null };
