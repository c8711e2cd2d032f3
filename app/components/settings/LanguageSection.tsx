import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { Select } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import { settingsPath } from "~/http/paths";
import type { SettingsAnswer } from "~/http/settings-answer";
import { useT } from "~/i18n/context";
import { LOCALES } from "~/i18n/locale";

type Props = { locale: string | null; answer: SettingsAnswer | undefined };

/** Each language is called what its readers call it. */
export function LanguageSection({ locale, answer }: Props) {
  const t = useT();
  const languages = LOCALES.map((value) => ({ value, label: t(`people.language.${value}`) }));
  return (
    <Card title={t("people.language.title")}>
      <PostForm action={settingsPath()} className="stack" reloadDocument>
        <Select
          name="locale"
          label={t("people.language.field")}
          options={[{ value: "", label: t("people.language.browser") }, ...languages]}
          defaultValue={answer?.values.locale ?? locale ?? ""}
          error={answer?.errors.locale}
        />
        <Button name="intent" value="language">
          {t("people.language.submit")}
        </Button>
      </PostForm>
    </Card>
  );
}
