import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { ignoreOvertakenPages } from "~/enhancements/overtaken-pages";
import { loadCatalogue } from "~/i18n/readers-catalogue";

ignoreOvertakenPages();

/**
 * RemixBrowser suspends, above any boundary, until it has decoded the page's data. A key pressed in that moment makes
 * React 18 give up ("Root did not complete"), and the page would stay deaf. So what it waits for is waited for first.
 */
async function dataDecoded(): Promise<void> {
  try {
    RemixBrowser({});
  } catch (thrown) {
    if (thrown instanceof Promise) await thrown;
  }
}

// Reached only on pages whose handle asks for scripts.
void Promise.all([loadCatalogue(document.documentElement.lang), dataDecoded()]).then(() =>
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    );
  }),
);
