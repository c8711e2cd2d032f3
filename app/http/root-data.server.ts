import { type AppLoadContext, data } from "@remix-run/node";
import { isDatabaseAway } from "~/database/errors";
import { dateInZone } from "~/domain/team-date";
import { settings } from "~/settings.server";
import { takeFlash } from "./flash.server";
import { requestLocale } from "./locale-cookie";
import type { RootData } from "./root-data";
import { formTokenOf, type Viewer, viewerOf } from "./viewer.server";

/** What every page knows. Also tells a page that is about to say that the database is away. */
export async function loadRootData(request: Request, context: AppLoadContext) {
  const [viewer, { flash, header }] = await Promise.all([
    viewerOf(request, context).catch(nobodyDuringOutage),
    takeFlash(request),
  ]);
  const timeZone = settings().TEAM_TIME_ZONE;
  const root: RootData = {
    locale: requestLocale((name) => request.headers.get(name), viewer?.locale),
    timeZone,
    today: dateInZone(new Date(), timeZone),
    formToken: formTokenOf(request, context, viewer),
    user: viewer && shownUser(viewer),
    flash,
  };
  return data(root, header ? { headers: { "Set-Cookie": header } } : undefined);
}

function shownUser({ id, name, role, hotkeys, viewedBy }: Viewer): RootData["user"] {
  return {
    id,
    name,
    role,
    hotkeys,
    viewedBy: viewedBy && { name: viewedBy.name, until: viewedBy.until },
  };
}

// The page's own loader answers 503; the frame around it should not fail as well.
function nobodyDuringOutage(error: unknown): Viewer | null {
  if (isDatabaseAway(error)) return null;
  throw error;
}
