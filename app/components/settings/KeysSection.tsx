import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { useHotkeysOn } from "~/components/Kbd";
import { PostForm } from "~/components/PostForm";
import { settingsPath } from "~/http/paths";
import { useT } from "~/i18n/context";

/** For admins, whose pages have single keys: on or off for all of them (WCAG 2.1.4). */
export function KeysSection() {
  const t = useT();
  const isOn = useHotkeysOn();
  return (
    <Card title={t("triage.keys.section")}>
      <p>{t(isOn ? "triage.keys.areOn" : "triage.keys.areOff")}</p>
      <PostForm action={settingsPath()}>
        <Button name="intent" value={isOn ? "keysOff" : "keysOn"}>
          {t(isOn ? "triage.keys.off" : "triage.keys.on")}
        </Button>
      </PostForm>
    </Card>
  );
}
