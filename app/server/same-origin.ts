import type { IncomingHttpHeaders } from "node:http";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** The origins that are this site: PUBLIC_ORIGIN, and on one's own machine its other names at that port (DESIGN 7). */
export function ownOrigins(publicOrigin: string): ReadonlySet<string> {
  const { protocol, hostname, port } = new URL(publicOrigin);
  if (!LOOPBACK.includes(hostname)) return new Set([publicOrigin]);
  return new Set(LOOPBACK.map((name) => `${protocol}//${name}${port && `:${port}`}`));
}

/**
 * Whether a page of this site sent the request. Both headers are the browser's own; a page cannot forge them.
 * Sec-Fetch-Site is missing on plain HTTP beyond localhost and in older browsers, Origin is "null" under some privacy
 * settings, and `none` (the reader's own act, such as reloading an answer) says nothing about who wrote the form, so
 * then Origin must. A request with neither comes from no browser's form.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, own: ReadonlySet<string>): boolean {
  const site = headers["sec-fetch-site"];
  const { origin } = headers;
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  if (origin !== undefined && origin !== "null") return own.has(origin);
  return site === "same-origin";
}
