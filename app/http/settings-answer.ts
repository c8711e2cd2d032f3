import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import type { Locale } from "~/i18n/locale";
import type { T } from "~/i18n/translator";
import type { Viewer } from "./viewer.server";

/** What a refused form of Settings says, in its section and with everything that was typed. */
export type SettingsAnswer = { intent: string; errors: FieldErrors; values: FieldValues };

export type SettingsPost = {
  form: FormData;
  viewer: Viewer;
  at: Date;
  t: T;
  /** Where the request comes from; wrong passwords are counted by it. */
  address: string;
  /** The best of Accept-Language. */
  browserLocale: Locale;
};
