import { sqlState } from "~/database/errors";

/** What the log tells of an error. */
export type LoggedError = {
  readonly type: string;
  /** Only where no library writes what people sent into it. */
  readonly message?: string;
  /** SQLSTATE, or the library's own code. */
  readonly code?: string;
  readonly constraint?: string;
  /** Where it happened: the frames alone. */
  readonly stack: readonly string[];
  readonly cause?: LoggedError;
};

const MAX_FRAMES = 20;
const MAX_CAUSES = 3;

/**
 * An error as the log may hold it. Messages of the database, of Prisma and of parsers quote what they were given, hence
 * the form: of those only the code is told, and which rule of the database refused.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, stack: [] };
  const code = codeOf(error);
  const constraint = constraintOf(error);
  return {
    type: error.name,
    ...(quotesNothing(error) && { message: error.message }),
    ...(code !== null && { code }),
    ...(constraint !== null && { constraint }),
    stack: framesOf(error),
    ...(error.cause !== undefined &&
      depth < MAX_CAUSES && { cause: loggedError(error.cause, depth + 1) }),
  };
}

/** Plain errors of our own and of the language, but for those of JSON.parse and the like. */
const PLAIN = new Set(["Error", "TypeError", "RangeError", "OutcomeUnknown", "AbortError"]);

function quotesNothing(error: Error): boolean {
  const isOfNode = typeof Reflect.get(error, "code") === "string";
  return PLAIN.has(error.name) && error.constructor.name !== "DatabaseError" && !isOfNode;
}

function codeOf(error: Error): string | null {
  const code: unknown = sqlState(error) ?? Reflect.get(error, "code");
  return typeof code === "string" && /^\w{1,40}$/.test(code) ? code : null;
}

/** pg names it; our own triggers give the name of the rule as well. */
function constraintOf(error: Error): string | null {
  const name: unknown = Reflect.get(error, "constraint");
  return typeof name === "string" && /^\w{1,63}$/.test(name) ? name : null;
}

// The lines before the first frame are the message once more.
function framesOf({ stack = "" }: Error): string[] {
  const lines = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return lines.slice(0, MAX_FRAMES).map((line) => line.trim());
}
