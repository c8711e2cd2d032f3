import type { IncomingMessage, ServerResponse } from "node:http";
import type { Exchange } from "./exchange";

/** Remix compares some of these itself, and trusts the forwarded ones: the gate has decided already. */
const NOT_PASSED_ON =
  /^(?::|origin$|forwarded$|x-forwarded-|connection$|transfer-encoding$|expect$)/;

/** Node's request as Remix wants it. The address is always below PUBLIC_ORIGIN, whatever Host the client named. */
export function remixRequest(
  req: IncomingMessage,
  res: ServerResponse,
  { url, body, context }: Exchange,
): Request {
  const left = new AbortController();
  const request = new Request(url, {
    method: req.method,
    headers: requestHeaders(req, url, context.upload !== null),
    body: body && new Uint8Array(body),
    signal: left.signal,
  });
  // A request that was collected no longer aborts its own signal, which a stream may still be listening to.
  const kept = new Set([request]);
  res.on("close", () => {
    if (!res.writableFinished) left.abort();
    kept.clear();
  });
  return request;
}

function requestHeaders({ rawHeaders }: IncomingMessage, url: URL, hadFiles: boolean): Headers {
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    if (!NOT_PASSED_ON.test(name)) headers.append(name, rawHeaders[index + 1] ?? "");
  }
  headers.set("Host", url.host);
  // The files stand apart from it by now; what is left is plain text.
  if (hadFiles) {
    headers.set("Content-Type", "application/x-www-form-urlencoded");
    headers.delete("Content-Length");
  }
  return headers;
}
