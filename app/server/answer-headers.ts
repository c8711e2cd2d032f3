/** What every answer says to browsers, unless a route says otherwise. */
export function answerHeaders(publicOrigin: string): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    // Not no-referrer: browsers would send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cache-Control": "no-store",
    ...(publicOrigin.startsWith("https:") && { "Strict-Transport-Security": "max-age=31536000" }),
  };
}

const EVERY_PAGE = [
  "default-src 'none'",
  "img-src 'self' data:",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
];

/** A page without scripts, which is what testers get, and everything that is no page. */
export const PAGE_POLICY = policy("style-src 'self'");

/** A page whose route asked for scripts: ours, and the inline ones that this answer itself marked. */
export function scriptPagePolicy(nonce: string): string {
  return policy("style-src 'self'", `script-src 'self' 'nonce-${nonce}'`, "connect-src 'self'");
}

/** Vite sends styles and its client as inline scripts, and talks over a web socket. Never in production. */
export const DEVELOPMENT_POLICY = policy(
  "style-src 'self' 'unsafe-inline'",
  "script-src 'self' 'unsafe-inline'",
  "connect-src 'self' ws:",
);

/** A page with nothing but one inline style. */
export function inlineStylePolicy(styleHash: string): string {
  return policy(`style-src 'sha256-${styleHash}'`);
}

function policy(...more: readonly string[]): string {
  return [...EVERY_PAGE, ...more].join("; ");
}
