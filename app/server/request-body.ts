import type { IncomingMessage, ServerResponse } from "node:http";
import { watchPace } from "./request-pace";

export class BodyTooLarge extends Error {}
/** It came slower than anybody's line is. */
export class BodyTooSlow extends Error {}
/** The client left, or Node gave up on it (408): nobody is there to answer. */
export class BodyAborted extends Error {}

export type BodyRules = {
  /** In bytes. */
  limit: number;
  /** How long even a small body may take. */
  graceMs?: number | undefined;
};

/** Throws BodyTooLarge for a body that says so itself; asks for one that waits to be asked for. */
export function admitBody(req: IncomingMessage, res: ServerResponse, limit: number): void {
  if (Number(req.headers["content-length"] ?? 0) > limit) throw new BodyTooLarge();
  // Only now, so that who asks before sending a large body never sends it.
  if (req.headers.expect?.toLowerCase() === "100-continue") res.writeContinue();
}

/** The whole body, never more of it in memory than `limit`. Throws BodyTooLarge, BodyTooSlow or BodyAborted. */
export async function readBody(
  req: IncomingMessage,
  res: ServerResponse,
  { limit, graceMs }: BodyRules,
): Promise<Buffer> {
  admitBody(req, res, limit);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (done: () => void) => {
      req.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      pace.end();
      done();
    };
    const giveUp = (error: Error) => {
      req.pause();
      settle(() => reject(error));
    };
    const pace = watchPace(req, () => giveUp(new BodyTooSlow()), graceMs);
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      giveUp(new BodyTooLarge());
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
