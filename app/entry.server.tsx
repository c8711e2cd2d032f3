import {
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
} from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { CATALOGUE_ADDRESSES } from "virtual:catalogue-addresses";
import { preloadCatalogue, settleDocument } from "~/http/document.server";
import { reportFailure } from "~/http/failure.server";
import { requestLocale } from "~/http/locale-cookie";
import { pageStream } from "~/http/page-stream.server";
import { type RequestFacts, RequestFactsContext } from "~/http/request-facts";
import type { RootData } from "~/http/root-data";
import type { Locale } from "~/i18n/locale";

const RENDER_TIMEOUT_MS = 10_000;

/** For app/server, which may not touch the database itself. */
export { boot, shutdown } from "~/boot.server";
export { admit } from "~/http/admit.server";
export { isSignedIn } from "~/http/viewer.server";

/** What loaders and actions did not expect. */
export const handleError = reportFailure;

/**
 * Sends a page only once it is complete: nothing streams in late, so nothing jumps, pages without
 * scripts need none to put themselves together, and a render that fails is still a 500.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const facts = requestFacts(request, loadContext);
  let settledStatus = settleDocument(status, headers, remixContext, loadContext);
  if (loadContext.notes.scripts)
    preloadCatalogue(headers, CATALOGUE_ADDRESSES[pageLocale(remixContext, facts)]);
  return new Promise((resolve, reject) => {
    let shellReady = false;
    const { pipe, abort } = renderToPipeableStream(
      <RequestFactsContext.Provider value={facts}>
        <RemixServer context={remixContext} url={request.url} nonce={facts.nonce} />
      </RequestFactsContext.Provider>,
      {
        nonce: facts.nonce,
        onShellReady() {
          shellReady = true;
        },
        onAllReady() {
          clearTimeout(timeout);
          const body = pageStream();
          headers.set("Content-Type", "text/html; charset=utf-8");
          const page = createReadableStreamFromReadable(body);
          resolve(new Response(page, { headers, status: settledStatus }));
          pipe(body);
        },
        onShellError(error) {
          clearTimeout(timeout);
          reject(error instanceof Error ? error : new Error("the page failed", { cause: error }));
        },
        onError(error) {
          settledStatus = 500;
          // Before that, onShellError hands it to Remix, which reports it and shows the error page.
          if (shellReady) reportFailure(error, { request, context: loadContext });
        },
      },
    );
    const timeout = setTimeout(abort, RENDER_TIMEOUT_MS);
  });
}

function requestFacts(request: Request, { cspNonce, requestId }: AppLoadContext): RequestFacts {
  return {
    locale: requestLocale((name) => request.headers.get(name)),
    isAnswer: request.method === "POST",
    nonce: cspNonce,
    requestId,
  };
}

/** As useLocale() in the page. */
function pageLocale({ staticHandlerContext }: EntryContext, facts: RequestFacts): Locale {
  const root = staticHandlerContext.loaderData.root as RootData | undefined;
  return root?.locale ?? facts.locale;
}
