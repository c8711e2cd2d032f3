import { countIn, inboxCycles } from "~/domain/inbox-counts";
import { inboxPlaceText, parseInboxPlace } from "~/filters/triage-filter";
import { apiLoader } from "~/http/api-handler.server";
import { apiError } from "~/http/errors.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { inboxCounts, inboxPage, WHOLE_INBOX } from "~/models/triage.server";

/** GET /api/admin/triage (DESIGN 6). `?after=` turns the page. */
export const loader = apiLoader("admin", async ({ url }) => {
  const cursor = url.searchParams.get("after");
  const after = parseInboxPlace(cursor);
  // Not the first page again: a program with a broken cursor would never come to the end.
  if (cursor && !after) return apiError(422, { fields: { after: "This is no `next` of mine." } });
  const [counts, page] = await Promise.all([inboxCounts(), inboxPage(WHOLE_INBOX, after)]);
  return {
    total: countIn(counts, WHOLE_INBOX),
    cycles: inboxCycles(counts),
    issues: page.issues.map(({ filedAt: _, ...issue }) => issue),
    next: page.next && inboxPlaceText(page.next),
  };
});

export const action = methodNotAllowed("GET", "HEAD");
