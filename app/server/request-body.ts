import type { IncomingMessage, ServerResponse } from "node:http";

export class BodyTooLarge extends Error {}
/** The client left, or Node gave up on it (408): nobody is there to answer. */
export class BodyAborted extends Error {}

/** The whole body, never more of it in memory than `limit`. Throws BodyTooLarge or BodyAborted. */
export function readBody(
  req: IncomingMessage,
  res: ServerResponse,
  limit: number,
): Promise<Buffer> {
  if (Number(req.headers["content-length"] ?? 0) > limit) return Promise.reject(new BodyTooLarge());
  // Only now, so that who asks before sending a large body never sends it.
  if (req.headers.expect?.toLowerCase() === "100-continue") res.writeContinue();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (done: () => void) => {
      req.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      done();
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      req.pause();
      settle(() => reject(new BodyTooLarge()));
    };
    const onEnd = () => settle(() => resolve(Buffer.concat(chunks)));
    const onClose = () => settle(() => reject(new BodyAborted()));
    req.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
}

/** Whether the client is still sending, or has sent what nobody has read. */
export function hasUnreadBody(req: IncomingMessage): boolean {
  const announced =
    req.headers["transfer-encoding"] !== undefined ||
    Number(req.headers["content-length"] ?? 0) > 0;
  return announced && !req.complete;
}

/** How long an answered client may go on sending: until it has read that it should not. */
const LINGER_MS = 2_000;

/**
 * Ends an answer whose request was not read to its end. Closing at once would make the client's system throw the answer
 * away unread; so what still arrives is dropped for a moment. The answer itself must have been written already.
 */
export function endUnread(req: IncomingMessage, res: ServerResponse): void {
  if (!hasUnreadBody(req)) return void res.end();
  const timer = setTimeout(finish, LINGER_MS);
  req.on("error", finish).on("end", finish).on("close", finish).resume();
  function finish() {
    clearTimeout(timer);
    if (!res.writableEnded) res.end();
  }
}
