import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { ignoreOvertakenPages } from "~/enhancements/overtaken-pages";

ignoreOvertakenPages();

// Reached only on pages whose handle asks for scripts.
startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  );
});
