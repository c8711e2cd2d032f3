import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import tsconfigPaths from "vite-tsconfig-paths";
import { catalogueAddresses } from "./scripts/catalogue-addresses";
import remixOptions from "./remix.config.js";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [tailwindcss(), remix(remixOptions), tsconfigPaths(), catalogueAddresses()],
  build: {
    // A data: URI would need a looser Content-Security-Policy than the pages are served with.
    assetsInlineLimit: 0,
  },
});
