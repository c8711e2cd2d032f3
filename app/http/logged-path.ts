/** An address as the log may hold it: without its query, and an invitation's is its password. */
export function loggedPath(pathname: string): string {
  return pathname.replace(/^\/invite\/[^/]+/, "/invite/…");
}
