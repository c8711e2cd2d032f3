/**
 * Who may what (DESIGN 7), in one table: asked by every loader and action through requireViewer, by the navigation, and by
 * the test that walks all routes of the build as everybody and fails on a route that is not in here.
 */

export type Role = "tester" | "admin";

/** `anyone`: signed in or not. `user`: signed in. Whose things one sees is said by `scope`. */
export type Access = "anyone" | "user" | "admin";

export type Rights = {
  /** Absent: the method is not allowed there, 405. HEAD is GET. */
  readonly GET?: Access;
  readonly POST?: Access;
  /**
   * `own`: a tester meets only what is theirs there, and 404 for the rest. `mine`: so do admins, since it is a page about
   * oneself.
   */
  readonly scope?: "own" | "mine";
};

const READ: Rights = { GET: "user" };
const READ_OWN: Rights = { GET: "user", scope: "own" };
const FORM: Rights = { GET: "user", POST: "user" };
const ADMIN_READ: Rights = { GET: "admin" };
const ADMIN_FORM: Rights = { GET: "admin", POST: "admin" };
const ADMIN_POST: Rights = { POST: "admin" };

/** By the path as the routes write it. What is not in here is a 404 to everybody. */
export const RIGHTS = {
  "/": { GET: "anyone" },
  "/*": { GET: "anyone", POST: "anyone" },
  "/healthz": { GET: "anyone" },
  "/login": { GET: "anyone", POST: "anyone" },
  "/auth/oidc": { GET: "anyone" },
  "/auth/oidc/callback": { GET: "anyone" },
  "/auth/oidc/confirm": { GET: "anyone", POST: "anyone" },
  "/logout": { POST: "user" },
  "/language": { POST: "anyone" },
  "/invite/:token": { GET: "anyone", POST: "anyone" },

  "/app": READ,
  "/app/view-as": { POST: "user" },
  "/app/settings": FORM,
  "/app/issues": READ,
  "/app/issues.csv": READ,
  "/app/issues/new": FORM,
  "/app/issues/:id": { ...FORM, scope: "own" },
  "/app/issues/:id/screenshots/:n": READ_OWN,
  "/app/test-cycles": READ,
  "/app/test-cycles/:id": { GET: "user", scope: "mine" },
  "/app/test-cycles/balance": READ,
  "/app/test-cycles/balance/statement": READ,

  "/app/admin/audit": ADMIN_READ,
  "/app/admin/audit.csv": ADMIN_READ,
  "/app/admin/test-cycles": ADMIN_READ,
  "/app/admin/test-cycles/new": ADMIN_FORM,
  "/app/admin/test-cycles/:id": ADMIN_FORM,
  "/app/admin/test-cycles/:id/settings": ADMIN_FORM,
  "/app/admin/test-cycles/:id/report": ADMIN_FORM,
  "/app/admin/suggestions": ADMIN_POST,
  "/app/admin/triage": ADMIN_FORM,
  "/app/admin/triage/ahead": ADMIN_READ,
  "/app/admin/triage/decision": ADMIN_POST,
  "/app/admin/triage/notes": ADMIN_FORM,
  "/app/admin/payouts": ADMIN_READ,
  "/app/admin/payouts/payments": ADMIN_READ,
  "/app/admin/payouts/review": ADMIN_FORM,
  "/app/admin/payouts/review/all": ADMIN_FORM,
  "/app/admin/payouts/voids": ADMIN_READ,
  "/app/admin/payouts/batches": ADMIN_FORM,
  "/app/admin/payouts/batches/:id": ADMIN_FORM,
  "/app/admin/payouts/batches/:id/transfers.csv": ADMIN_READ,
  "/app/admin/doctor": ADMIN_FORM,
  "/app/admin/restored": ADMIN_FORM,
  "/app/admin/users": ADMIN_FORM,
  "/app/admin/users/:id": ADMIN_FORM,

  "/api/*": FORM,
  "/api/me/balance": READ,
  "/api/me/balance/export.csv": READ,
  "/api/admin/payouts": ADMIN_READ,
  "/api/admin/payouts/by-tester": ADMIN_READ,
  "/api/admin/payouts/export.csv": ADMIN_READ,
  "/api/admin/payouts/batch-pay": ADMIN_POST,
  "/api/admin/triage": ADMIN_READ,
  "/api/admin/triage/decide": ADMIN_POST,
} as const satisfies Readonly<Record<string, Rights>>;

/** What a page offers to some of those who may open it. */
const OPERATIONS = {
  /** Approve, reject, change or void a payout; change a report's status or severity. */
  decideIssue: "admin",
  /** See whose report it is, and filter by tester. */
  seeEverybodysIssues: "admin",
  /** See in which batch or transfer a payment stands. */
  seeBatches: "admin",
  /** Triage by single keys, and turn them off. */
  useTriageKeys: "admin",
  /** See what a model suggests, and what is sent to it. */
  seeSuggestions: "admin",
  /** Stand behind an import (`npm run import -- --as`). */
  importIssues: "admin",
} as const satisfies Readonly<Record<string, Access>>;

export type Operation = keyof typeof OPERATIONS;

export function mayDo(role: Role | null, operation: Operation): boolean {
  return hasAccess(role, OPERATIONS[operation]);
}

export function hasAccess(role: Role | null, access: Access): boolean {
  if (access === "anyone") return true;
  return access === "admin" ? role === "admin" : role !== null;
}

/** Everything below is the admins', whether or not the table knows it already. */
const ADMIN_PATHS = ["/app/admin", "/api/admin"];

/** Who may use this address with this method. An address that the table does not know is no freer than its neighbours. */
export function accessTo(pathname: string, method: string): Access {
  if (ADMIN_PATHS.some((path) => `${pathname}/`.startsWith(`${path}/`))) return "admin";
  const rights = rightsAt(pathname);
  const given = method === "POST" ? rights?.POST : rights?.GET;
  return given && given !== "anyone" ? given : "user";
}

/** Whether the navigation may offer this address, which may have a query. */
export function mayOpen(role: Role | null, url: string): boolean {
  const [pathname = ""] = url.split(/[?#]/, 1);
  const access = rightsAt(pathname)?.GET;
  return access !== undefined && hasAccess(role, access);
}

/** The table's line for an address: of several that fit the one with the most words in common with it. */
export function rightsAt(pathname: string): Rights | null {
  const parts = partsOf(pathname);
  const fitting = PATTERNS.filter(({ pattern }) => fits(pattern, parts));
  const [best] = fitting.sort((a, b) => b.words - a.words || a.pattern.length - b.pattern.length);
  return best?.rights ?? null;
}

const partsOf = (path: string) => path.split("/").filter(Boolean);
const isWord = (part: string) => part !== "*" && !part.startsWith(":");

const PATTERNS = Object.entries<Rights>(RIGHTS).map(([path, rights]) => {
  const pattern = partsOf(path);
  return { pattern, rights, words: pattern.filter(isWord).length };
});

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  const isOpen = pattern.at(-1) === "*";
  const fixed = isOpen ? pattern.slice(0, -1) : pattern;
  if (isOpen ? parts.length < fixed.length : parts.length !== fixed.length) return false;
  return fixed.every((part, at) => !isWord(part) || part === parts[at]);
}
