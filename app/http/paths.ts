/** Every URL of the app, made here and nowhere else (DESIGN 4 and 6). */
import { shotVersion } from "~/domain/screenshot";

type Parameter = string | number | null | undefined;
export type Query = Readonly<Record<string, Parameter>>;

/** Leaves out what is null, undefined or empty. */
export function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value != null && value !== "");
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return search.size > 0 ? `${path}?${search}` : path;
}

export const homePath = () => "/app";
export const loginPath = (next?: string) => withQuery("/login", { next });
export const oidcStartPath = (next?: string) => withQuery("/auth/oidc", { next });
export const oidcCallbackPath = () => "/auth/oidc/callback";
export const oidcConfirmPath = () => "/auth/oidc/confirm";
export const logoutPath = () => "/logout";
export const languagePath = () => "/language";
export const invitePath = (token: string) => `/invite/${encodeURIComponent(token)}`;

export const balancePath = (query?: Query) => withQuery("/app/test-cycles/balance", query);
export const statementPath = (query?: { from?: string; to?: string }) =>
  withQuery("/app/test-cycles/balance/statement", query);

export const issuesPath = (query?: Query) => withQuery("/app/issues", query);
export const issuesCsvPath = (query?: Query) => withQuery("/app/issues.csv", query);
export const newIssuePath = (query?: { cycle?: number }) => withQuery("/app/issues/new", query);
export const issuePath = (id: number) => `/app/issues/${id}`;
/** One picture of an issue; another picture in its place has another URL. */
export const screenshotPath = (
  issueId: number,
  shot: { position: number; hash: string },
  size?: "thumbnail",
) =>
  withQuery(`${issuePath(issueId)}/screenshots/${shot.position}`, {
    v: shotVersion(shot),
    size,
  });
/** The pages whose forms may hold files. */
export const takesFiles = (pathname: string) => /^\/app\/issues\/(new|\d{1,10})$/.test(pathname);

export const cyclesPath = () => "/app/test-cycles";
export const cyclePath = (id: number) => `/app/test-cycles/${id}`;
export const viewAsPath = () => "/app/view-as";
export const settingsPath = () => "/app/settings";

export const triagePath = (query?: Query) => withQuery("/app/admin/triage", query);
export const triageDecisionPath = () => "/app/admin/triage/decision";
export const triageAheadPath = (query: Query) => withQuery("/app/admin/triage/ahead", query);
export const readyNotesPath = () => "/app/admin/triage/notes";
export const payoutsPath = (query?: Query) => withQuery("/app/admin/payouts", query);
export const reviewPath = (query?: Query) => withQuery("/app/admin/payouts/review", query);
/** Where "all that match" is looked at before it is approved. */
export const reviewAllPath = (query?: Query) => withQuery("/app/admin/payouts/review/all", query);
/** The ledger: every payment and reversal. */
export const paymentsPath = (query?: Query) => withQuery("/app/admin/payouts/payments", query);
export const voidsPath = (query?: Query) => withQuery("/app/admin/payouts/voids", query);
export const batchesPath = (query?: Query) => withQuery("/app/admin/payouts/batches", query);
type PayLine = { readonly testerId: number; readonly currency: string };
export const payLineId = (line: PayLine) => `line-${line.testerId}-${line.currency}`;
/** The pay queue with these lines opened to their issues, everything ticked or nothing; seen from the line `at`. */
export const payQueuePath = (open: readonly PayLine[], isAllTicked = false, at?: PayLine) => {
  const lines = open.map(({ testerId, currency }) => `${testerId}:${currency}`).join(",");
  const query = { open: lines, select: isAllTicked ? "all" : null };
  return `${payoutsPath(query)}#${at ? payLineId(at) : "queue"}`;
};
export const payLinePath = (line: PayLine) => payQueuePath([line], false, line);
/** `open`: the transfer whose issues are shown. */
export const batchPath = (id: number, query?: { open?: number | null }) =>
  withQuery(`/app/admin/payouts/batches/${id}`, query);
export const batchTransfersCsvPath = (id: number, query?: { separator?: "semicolon" }) =>
  withQuery(`${batchPath(id)}/transfers.csv`, query);

export const adminCyclesPath = (query?: Query) => withQuery("/app/admin/test-cycles", query);
export const newCyclePath = () => "/app/admin/test-cycles/new";
export const adminCyclePath = (id: number, query?: Query) =>
  withQuery(`/app/admin/test-cycles/${id}`, query);
/** The summary of a cycle, and its closing report. */
export const cycleReportPath = (id: number) => `${adminCyclePath(id)}/report`;
export const suggestionsPath = () => "/app/admin/suggestions";
export const cycleSettingsPath = (id: number) => `${adminCyclePath(id)}/settings`;

export const usersPath = (query?: Query) => withQuery("/app/admin/users", query);
export const userPath = (id: number, query?: Query) => withQuery(`/app/admin/users/${id}`, query);
export const doctorPath = () => "/app/admin/doctor";
export const restoredPath = () => "/app/admin/restored";
export const auditPath = (query?: Query) => withQuery("/app/admin/audit", query);
export const auditCsvPath = (query?: Query) => withQuery("/app/admin/audit.csv", query);

export const balanceCsvPath = (query?: Query) => withQuery("/api/me/balance/export.csv", query);
export const payoutsCsvPath = (query?: Query) => withQuery("/api/admin/payouts/export.csv", query);

export const healthPath = () => "/healthz";
