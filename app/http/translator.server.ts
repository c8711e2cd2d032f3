import type { AppLoadContext } from "@remix-run/node";
import { type Locale, negotiateLocale } from "~/i18n/locale";
import { type T, translator } from "~/i18n/translator";
import { viewerOf } from "./viewer.server";

/** The reader's own setting, else the best of Accept-Language. */
export async function localeOf(request: Request, context: AppLoadContext): Promise<Locale> {
  const viewer = await viewerOf(request, context);
  return negotiateLocale(viewer?.locale, request.headers.get("accept-language"));
}

/** `t()` in a loader or action, for messages that are made there. */
export async function translatorOf(request: Request, context: AppLoadContext): Promise<T> {
  return translator(await localeOf(request, context));
}
