import { z } from "zod";

/** A provider that people may sign in with (DESIGN 7): Clerk, Google, Keycloak, any that speaks OpenID Connect. */
export type OidcSettings = {
  /** Exactly as the provider calls itself in its discovery document. */
  issuer: URL;
  clientId: string;
  clientSecret: string;
  /** How people call the provider: the text of the button. */
  name: string;
};

/** All three, or none of them. */
export const oidcVariables = {
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, "must be the address of your provider, such as https://accounts.google.com")
    .optional(),
  OIDC_CLIENT_ID: z.string().max(500, "must have at most 500 characters").optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z
    .string()
    .trim()
    .max(40, "must be short: it stands on the sign-in button")
    .default("OpenID Connect"),
};

type Given = z.output<z.ZodObject<typeof oidcVariables>>;

/** Null when none is set up. What is wrong with what was given goes to `problem`, a line each. */
export function oidcSettings(
  given: Given,
  { publicOrigin, problem }: { publicOrigin: string; problem: (line: string) => void },
): OidcSettings | null {
  const needed = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;
  const missing = needed.filter((name) => given[name] === undefined);
  if (missing.length === needed.length) return null;
  for (const name of missing)
    problem(`${name}: must be set too, or none of ${needed.join(", ")}; your provider tells it`);
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = given;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null;
  const issuer = new URL(OIDC_ISSUER);
  if (issuer.protocol === "http:" && !(isLoopback(issuer) && isLoopback(new URL(publicOrigin))))
    problem(
      "OIDC_ISSUER: must begin with https://; http:// is for trying it out, both on one machine",
    );
  return { issuer, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET, name: OIDC_NAME };
}

function isIssuer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["https:", "http:"].includes(url.protocol)) return false;
  return !url.username && !url.password && !url.search && !url.hash;
}

export function isLoopback({ hostname }: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
