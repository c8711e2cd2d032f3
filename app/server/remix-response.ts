import type { ServerResponse } from "node:http";

/** Everything about the answer but its body; what it says wins over what was said before. */
export function writeHead(response: Response, res: ServerResponse): void {
  res.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie") res.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) res.setHeader("Set-Cookie", cookies);
}

/** `flush` is there when the answer is compressed. */
type Compressing = ServerResponse & { flush?: () => void };

/**
 * Sends a body as fast as the reader takes it, never more than a little ahead. A reader who leaves cancels the stream
 * (behind a CSV stands a cursor). Rejects when the stream fails; the answer is then neither ended nor broken off.
 */
export async function writeBody(body: ReadableStream<Uint8Array>, res: Compressing): Promise<void> {
  const reader = body.getReader();
  const flow = flowOf(res);
  const onLeave = () => void reader.cancel(new Error("The client left.")).catch(() => {});
  res.once("close", onLeave);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (res.destroyed) return;
      if (done) return void res.end();
      await flow.write(value);
    }
  } finally {
    res.off("close", onLeave);
    flow.stop();
  }
}

/** A reader sees what there is after this long, although compression would like to wait for more. */
const FLUSH_AFTER_MS = 20;

function flowOf(res: Compressing) {
  // One listener for the whole answer: `compression` moves those for "drain" elsewhere, and cannot take them off again.
  let wake = () => {};
  res.on("drain", () => wake()).on("close", () => wake());
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    timer = undefined;
    res.flush?.();
  };
  return {
    async write(chunk: Uint8Array): Promise<void> {
      const hasRoom = res.write(chunk);
      timer ??= setTimeout(flush, FLUSH_AFTER_MS);
      if (!hasRoom && !res.destroyed) await new Promise<void>((resolve) => (wake = resolve));
    },
    stop: () => clearTimeout(timer),
  };
}
