import type { AppLoadContext } from "@remix-run/node";
import type { Locale } from "~/i18n/locale";
import { type T, translator } from "~/i18n/translator";
import { requestLocale } from "./locale-cookie";
import { viewerOf } from "./viewer.server";

/** The reader's own setting, else what was chosen in this browser, else the best of Accept-Language. */
export async function localeOf(request: Request, context: AppLoadContext): Promise<Locale> {
  const viewer = await viewerOf(request, context);
  return requestLocale((name) => request.headers.get(name), viewer?.locale);
}

/** `t()` in a loader or action, for messages that are made there. */
export async function translatorOf(request: Request, context: AppLoadContext): Promise<T> {
  return translator(await localeOf(request, context));
}
