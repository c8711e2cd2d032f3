import type { IncomingMessage } from "node:http";

/** How long a body may take however small it is: two megabytes of text over a bad mobile line. */
const GRACE_MS = 120_000;
/** And what it must bring on average after that: photos over a worse line do. */
const LEAST_BYTES_PER_SECOND = 4 * 1024;

/** Calls `tooSlow` once the body comes slower than anybody's line is. The caller ends the watch. */
export function watchPace(
  req: IncomingMessage,
  tooSlow: () => void,
  graceMs = GRACE_MS,
): { end: () => void } {
  const started = performance.now();
  let bytes = 0;
  const onData = (chunk: Buffer) => (bytes += chunk.length);
  req.on("data", onData);
  let timer = setTimeout(look, graceMs);
  function look() {
    const allowed = graceMs + (bytes / LEAST_BYTES_PER_SECOND) * 1_000;
    const left = allowed - (performance.now() - started);
    if (left <= 0) tooSlow();
    else timer = setTimeout(look, Math.ceil(left));
  }
  return {
    end: () => {
      clearTimeout(timer);
      req.off("data", onData);
    },
  };
}
