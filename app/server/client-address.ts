import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/**
 * Who is asking. X-Forwarded-For is believed only as far as our own proxies wrote it: with one proxy in front its last
 * entry, with two the last but one. Whatever stands further left the client may have made up.
 */
export function clientAddress(req: IncomingMessage, trustedProxies: number | false): string {
  const direct = withoutMapping(req.socket.remoteAddress ?? "unknown");
  if (trustedProxies === false) return direct;
  const forwarded = String(req.headers["x-forwarded-for"] ?? "").split(",");
  const told = withoutMapping(forwarded.at(-trustedProxies)?.trim() ?? "");
  return isIP(told) ? told : direct;
}

/** IPv4 arrives on an IPv6 socket as ::ffff:192.0.2.1. */
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
