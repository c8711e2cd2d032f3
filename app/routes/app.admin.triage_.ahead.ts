import type { LoaderFunctionArgs } from "@remix-run/node";
import { parseIssueIds } from "~/filters/triage-filter";
import { requireAdmin } from "~/http/viewer.server";
import { issuesAhead } from "~/models/triage-page.server";
import { settings } from "~/settings.server";

/** `?ids=12,13`: what Triage shows of these issues, loaded before they are chosen. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const ids = parseIssueIds(new URL(request.url).searchParams.get("ids"));
  const suggests = settings().SUGGESTIONS !== null;
  return { ahead: await issuesAhead(ids, viewer.id, suggests) };
}

/** It is asked when something is missing, not when something else was decided. */
export const shouldRevalidate = () => false;
