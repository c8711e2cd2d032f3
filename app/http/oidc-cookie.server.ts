import { z } from "zod";
import { settings } from "~/settings.server";
import { cookieValue } from "./cookie-header";
import { oidcStartPath } from "./paths";
import { sealed, unsealed } from "./sealed";

/** How long somebody may take at the provider, or over the password afterwards. */
const LIFETIME_MS = 10 * 60_000;

/** What a browser keeps while its user is at the provider. */
const attempt = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
});
export type OidcAttempt = z.output<typeof attempt>;

/** Who came back from the provider, while the password is asked for that links the two. */
const pendingLink = z.object({
  userId: z.number().int(),
  email: z.string(),
  issuer: z.string(),
  subject: z.string(),
  next: z.string(),
});
export type PendingLink = z.output<typeof pendingLink>;

export const attemptCookie = cookie("tiyn_oidc", attempt);
export const linkCookie = cookie("tiyn_oidc_link", pendingLink);

/** Sent to the pages of this sign-in only. Lax: the provider's own redirect brings it back. */
function cookie<T>(name: string, schema: z.ZodType<T>) {
  const seal = () => ({ secret: settings().SESSION_SECRET, purpose: name });
  const setCookie = (value: string, maxAge: number) => {
    const path = `Path=${oidcStartPath()}`;
    const attributes = [path, `Max-Age=${maxAge}`, "HttpOnly", "SameSite=Lax"];
    if (settings().PUBLIC_ORIGIN.startsWith("https:")) attributes.push("Secure");
    return [`${name}=${value}`, ...attributes].join("; ");
  };
  return {
    set: (value: T) =>
      setCookie(sealed(value, Date.now() + LIFETIME_MS, seal()), LIFETIME_MS / 1_000),
    clear: () => setCookie("", 0),
    /** Null when there is none, when it was changed, and when it is too old. */
    read(request: Request): T | null {
      const text = cookieValue(request.headers.get("cookie"), name);
      const parsed = schema.safeParse(unsealed(text, Date.now(), seal()));
      return parsed.success ? parsed.data : null;
    },
  };
}
