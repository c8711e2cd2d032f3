import { spokenLocale } from "#catalogues";
import type { MetaDescriptor } from "@remix-run/node";
import type { RootData } from "~/http/root-data";
import { DEFAULT_LOCALE } from "./locale";
import { type T, translator } from "./translator";

/**
 * A page's <title>, from its `meta` function (which has no hooks): `export const meta: MetaFunction
 * = ({ matches }) => pageTitle(matches, (t) => t("balance.title"));`
 */
export function pageTitle(
  matches: readonly { id: string; data?: unknown }[],
  title: (t: T) => string,
): MetaDescriptor[] {
  const root = matches.find(({ id }) => id === "root")?.data as RootData | undefined;
  const t = translator(spokenLocale(root?.locale ?? DEFAULT_LOCALE));
  return [{ title: t("app.pageTitle", { title: title(t) }) }];
}
