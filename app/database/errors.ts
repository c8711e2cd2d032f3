type AdapterCause = { originalCode?: unknown; kind?: unknown };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

// Prisma wraps what the driver said in one of two ways: meta.driverAdapterError.cause for a statement, cause for COMMIT.
function adapterCause(error: unknown): AdapterCause | null {
  if (!isRecord(error)) return null;
  const meta = error.meta;
  const wrapped =
    isRecord(meta) && isRecord(meta.driverAdapterError) ? meta.driverAdapterError : error;
  return isRecord(wrapped.cause) ? wrapped.cause : null;
}

/** The five-character SQLSTATE that PostgreSQL answered with, or null when it did not answer at all. */
export function sqlState(error: unknown): string | null {
  const code = adapterCause(error)?.originalCode ?? (isRecord(error) ? error.code : null);
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !/^P[12]\d{3}$/.test(code)
    ? code
    : null;
}

/** Own refusals of the database (prisma/migrations). */
export const REFUSED = {
  illegalMove: "TY001",
  frozen: "TY002",
  appendOnly: "TY003",
  disagrees: "TY004",
  notAddingUp: "TY005",
} as const;

const UNIQUE_VIOLATION = "23505";

export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === UNIQUE_VIOLATION;
}

// Node's words for a connection that could not be made or broke.
const CONNECTION_ERRORS = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOENT",
  "EHOSTUNREACH",
]);

/** The driver's own words for a statement that was not answered in time (query_timeout of client.server.ts). */
const UNANSWERED = /^query read timeout$/i;

/** The database took a statement and never answered it. */
export function isUnanswered(error: unknown): boolean {
  return isRecord(error) && typeof error.message === "string" && UNANSWERED.test(error.message);
}

/**
 * The database did not answer: refused, cut, shutting down, out of connections, or too slow to give one. The caller may
 * try later; whether a COMMIT under way took effect is another question (OutcomeUnknown).
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!isRecord(error)) return false;
  const state = sqlState(error);
  if (state) return /^(08|57P0|53)/.test(state);
  const cause = adapterCause(error);
  if (
    cause &&
    typeof cause.kind === "string" &&
    /NotReachable|ConnectionClosed|TooManyConnections|SocketTimeout/.test(cause.kind)
  )
    return true;
  if (
    typeof error.code === "string" &&
    (CONNECTION_ERRORS.has(error.code) || /^P(1001|1002|1008|1017|2024|2028)$/.test(error.code))
  )
    return true;
  return (
    typeof error.message === "string" &&
    /connection (terminated|error)|timeout exceeded when trying to connect|not queryable|server closed the connection|query read timeout/i.test(
      error.message,
    )
  );
}
