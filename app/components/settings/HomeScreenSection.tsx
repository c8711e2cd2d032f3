import { Card } from "~/components/Card";
import { useT } from "~/i18n/context";

/** The browser's own menu does it; the page's <head> says how the app is called there (app.settings, links). */
export function HomeScreenSection() {
  const t = useT();
  return (
    <Card title={t("settings.homeScreen.title")}>
      <p>{t("settings.homeScreen.body")}</p>
    </Card>
  );
}
