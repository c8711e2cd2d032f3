import pino from "pino";
import { loggedError } from "./logged-error";

/**
 * All that the log may hold: no address with its ids and tokens, no query, body, header or cookie, nothing that somebody
 * typed. A field that is not named here is dropped.
 */
const FIELDS = new Set([
  ...["requestId", "method", "route", "status", "ms", "userId", "unfinished", "err"],
  // Of the start and of the doctor: names of rules, and numbers of issues.
  ...["missing", "runId", "findings"],
  // What became of a request to the model.
  "outcome",
  // Why a provider's answer was not taken, in our own words and the library's.
  "problem",
]);

/** One line of JSON each. */
export function createLog(options: pino.LoggerOptions, to?: pino.DestinationStream): pino.Logger {
  const form: pino.LoggerOptions = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: loggedError },
    formatters: {
      log: (facts) =>
        Object.fromEntries(Object.entries(facts).filter(([name]) => FIELDS.has(name))),
    },
    ...options,
  };
  return to ? pino(form, to) : pino(form);
}

/** LOG_LEVEL=silent in tests. */
export const log = createLog({ level: process.env.LOG_LEVEL ?? "info" });
