import { readFileSync } from "node:fs";
import type { Manifest, Plugin } from "vite";
import { LOCALES } from "../app/i18n/locale";

const NAME = "virtual:catalogue-addresses";

/**
 * Tells the server under which addresses the browser finds the catalogues that were just built: the page of a reader
 * asks for those of one language at once, not only when the scripts that import it have arrived. Empty in development.
 */
export function catalogueAddresses(): Plugin {
  let isBuild = false;
  return {
    name: "catalogue-addresses",
    configResolved: ({ command }) => void (isBuild = command === "build"),
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      const addresses = isBuild ? builtAddresses() : {};
      return `export const CATALOGUE_ADDRESSES = ${JSON.stringify(addresses)};`;
    },
  };
}

/** Remix builds for browsers first, and then keeps Vite's manifest until the server is built too. */
function builtAddresses(): Record<string, string[]> {
  const file = "build/client/.vite/manifest.json";
  const manifest = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  return Object.fromEntries(
    LOCALES.map((locale) => {
      const chunk = manifest[`app/i18n/${locale}.ts`];
      if (!chunk) throw new Error(`The catalogue of "${locale}" is no file of its own.`);
      const shared = (chunk.imports ?? []).flatMap((key) => manifest[key] ?? []);
      return [locale, [chunk, ...shared].map(({ file }) => `/${file}`)];
    }),
  );
}
