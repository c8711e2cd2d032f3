import { countIn, inboxCycles } from "~/domain/inbox-counts";
import { inboxPlaceText, parseInboxPlace, parseTriageFilter } from "~/filters/triage-filter";
import { apiLoader } from "~/http/api-handler.server";
import { apiError } from "~/http/errors.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { inboxCounts, inboxPage } from "~/models/triage.server";

/**
 * GET /api/admin/triage (DESIGN 6). `?after=` turns the page; `?cycle=`, `?severity=` and `?q=` narrow it as they do
 * the page of the same name, `total` and `cycles` included.
 */
export const loader = apiLoader("admin", async ({ url }) => {
  const { searchParams } = url;
  const filter = parseTriageFilter(searchParams);
  const { cycleId, severity, q } = filter;
  const after = parseInboxPlace(searchParams.get("after"));
  // Not the first page or the whole inbox instead: a program with a broken cursor would never come to the end.
  const fields = {
    ...(searchParams.get("after") && !after ? { after: "This is no `next` of mine." } : {}),
    ...(searchParams.get("cycle") && cycleId === null ? { cycle: "No number of a cycle." } : {}),
    ...(searchParams.get("severity") && severity === null ? { severity: "No severity." } : {}),
  };
  if (Object.keys(fields).length > 0) return apiError(422, { fields });
  const [counts, page] = await Promise.all([inboxCounts(q), inboxPage(filter, after)]);
  return {
    total: countIn(counts, { cycleId, severity }),
    cycles: inboxCycles(counts, severity).filter(
      ({ id, issues }) => issues > 0 && (cycleId ?? id) === id,
    ),
    issues: page.issues.map(({ filedAt: _, ...issue }) => issue),
    next: page.next && inboxPlaceText(page.next),
  };
});

export const action = methodNotAllowed("GET", "HEAD");
