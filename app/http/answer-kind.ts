/** Machine interfaces (DESIGN 6): everything they answer is JSON or CSV. */
export function isApiPath(pathname: string): boolean {
  return pathname === "/api" || pathname.startsWith("/api/");
}

/** Someone opened the address in a browser, as a page; not a script's fetch. */
export function isPageVisit(header: (name: string) => string | null | undefined): boolean {
  const mode = header("sec-fetch-mode");
  return mode ? mode === "navigate" : (header("accept") ?? "").includes("text/html");
}
