import { useLocation } from "@remix-run/react";
import { languagePath } from "~/http/paths";
import { useLocale, useT } from "~/i18n/context";
import { LOCALES } from "~/i18n/locale";
import { PostForm } from "./PostForm";

/** For strangers: whoever is signed in has a setting. Each language is called what its readers call it. */
export function LanguageSwitch() {
  const t = useT();
  const current = useLocale();
  const { pathname, search } = useLocation();
  return (
    <PostForm action={languagePath()} reloadDocument aria-label={t("people.language.title")}>
      <input type="hidden" name="next" value={pathname + search} />
      <ul>
        {LOCALES.map((locale) => (
          <li key={locale}>
            <button
              name="locale"
              value={locale}
              lang={locale}
              aria-current={locale === current ? "true" : undefined}
            >
              {t(`people.language.${locale}`)}
            </button>
          </li>
        ))}
      </ul>
    </PostForm>
  );
}
