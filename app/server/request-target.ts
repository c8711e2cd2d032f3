/** Where a request goes, or null when its target is malformed: not a path, not decodable, or with a NUL inside. */
export function requestTarget(target: string | undefined, origin: string): URL | null {
  if (!target?.startsWith("/") || /%00/.test(target)) return null;
  // Glued rather than resolved: "//elsewhere/" would resolve to another host.
  const url = URL.canParse(origin + target) ? new URL(origin + target) : null;
  if (url === null || url.origin !== origin) return null;
  try {
    decodeURIComponent(url.pathname);
    return url;
  } catch {
    return null;
  }
}
