import { type AppLoadContext, data } from "@remix-run/node";
import { negotiateLocale } from "~/i18n/locale";
import type { RootData } from "./root-data";

const TEAM_TIME_ZONE = "Asia/Almaty";

/** TODO(session): read user, form token and flash from the session, the time zone from the settings. */
export async function loadRootData(request: Request, _context: AppLoadContext) {
  const root: RootData = {
    locale: negotiateLocale(null, request.headers.get("accept-language")),
    timeZone: TEAM_TIME_ZONE,
    today: new Intl.DateTimeFormat("en-CA", { timeZone: TEAM_TIME_ZONE }).format(new Date()),
    formToken: "",
    user: null,
    flash: null,
  };
  return data(root);
}
