import { setHotkeys } from "~/models/hotkeys.server";
import { redirectWithFlash } from "./flash.server";
import { settingsPath } from "./paths";
import type { SettingsPost } from "./settings-answer";

/** The switch of the single keys: what the button says is what they are afterwards. */
export async function hotkeysPost({ form, viewer, t }: SettingsPost): Promise<Response> {
  const isOn = form.get("intent") === "keysOn";
  await setHotkeys(viewer.id, isOn);
  const text = t(isOn ? "triage.keys.nowOn" : "triage.keys.nowOff");
  return redirectWithFlash(settingsPath(), { tone: "success", text });
}
