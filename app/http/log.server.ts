import pino from "pino";

/** One line of JSON each. LOG_LEVEL=silent in tests. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
});
