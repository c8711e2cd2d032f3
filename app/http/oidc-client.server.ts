import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { Claims } from "~/models/identity.server";
import { type OidcSettings } from "~/oidc-settings";
import { settings } from "~/settings.server";
import type { OidcAttempt } from "./oidc-cookie.server";
import { oidcCallbackPath } from "./paths";

const TIMEOUT_SECONDS = 8;

/** The provider did not answer, or not as one: nothing about the person who signs in. */
export class ProviderAway extends Error {
  override name = "ProviderAway";
}

/** What came back proves nobody's identity: forged, replayed, too old, or for another. */
export class AnswerInvalid extends Error {
  override name = "AnswerInvalid";
}

/** The person pressed Cancel at the provider, or the provider would not let them in. */
export class ProviderRefused extends Error {
  override name = "ProviderRefused";
}

// Kept once it is known. A provider that is down at boot is asked again at the next sign-in.
const discovered = new WeakMap<OidcSettings, Promise<Configuration>>();

function providerOf(oidc: OidcSettings): Promise<Configuration> {
  const known = discovered.get(oidc);
  if (known) return known;
  const asked = discover(oidc);
  discovered.set(oidc, asked);
  asked.catch(() => discovered.delete(oidc));
  return asked;
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  const checks = [enableNonRepudiationChecks];
  // Only on one machine: see oidc-settings.ts.
  if (issuer.protocol === "http:") checks.push(allowInsecureRequests);
  const options = { execute: checks, timeout: TIMEOUT_SECONDS };
  try {
    return await discovery(issuer, clientId, {}, clientAuth(clientSecret), options);
  } catch (cause) {
    throw new ProviderAway(`No discovery document at ${issuer.href}`, { cause });
  }
}

/** In the header, which every provider knows unless it says otherwise; else in the form. */
function clientAuth(secret: string): ClientAuth {
  const [inHeader, inForm] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...rest) => {
    const { token_endpoint_auth_methods_supported: methods } = server;
    const takesHeader = !methods || methods.includes("client_secret_basic");
    return (takesHeader ? inHeader : inForm)(server, ...rest);
  };
}

function redirectUri(search = ""): URL {
  return new URL(oidcCallbackPath() + search, settings().PUBLIC_ORIGIN);
}

/** Where the browser goes to sign in, and what it must bring back. Throws ProviderAway. */
export async function beginOidc(
  oidc: OidcSettings,
  next: string,
): Promise<{ url: URL; attempt: OidcAttempt }> {
  const provider = await providerOf(oidc);
  const verifier = randomPKCECodeVerifier();
  const attempt = { state: randomState(), nonce: randomNonce(), verifier, next };
  const url = buildAuthorizationUrl(provider, {
    response_type: "code",
    redirect_uri: redirectUri().href,
    scope: "openid email profile",
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  return { url, attempt };
}

/**
 * Who signed in, from what the browser brought back: state, issuer, code with its PKCE verifier, and an ID token whose
 * signature, issuer, audience, nonce and times are right. Throws AnswerInvalid, ProviderRefused and ProviderAway.
 */
export async function redeemOidc(
  oidc: OidcSettings,
  { search, attempt }: { search: string; attempt: OidcAttempt },
): Promise<Claims> {
  const provider = await providerOf(oidc);
  try {
    const tokens = await authorizationCodeGrant(provider, redirectUri(search), {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.verifier,
      idTokenExpected: true,
    });
    const token = tokens.claims();
    if (!token) throw new AnswerInvalid("There is no ID token.");
    // Some providers tell the address only there; openid-client compares the subject.
    const isBare = token.email === undefined && provider.serverMetadata().userinfo_endpoint;
    const said = isBare ? await fetchUserInfo(provider, tokens.access_token, token.sub) : token;
    return claimsOf(token, said);
  } catch (error) {
    throw meaningOf(error);
  }
}

function claimsOf(
  { iss, sub }: { iss: string; sub: string },
  said: Readonly<Record<string, unknown>>,
): Claims {
  return {
    issuer: iss,
    subject: sub,
    email: typeof said.email === "string" ? said.email : null,
    // Some providers say "true" as text; only the boolean counts (DESIGN 7).
    emailVerified: said.email_verified === true,
  };
}

/** Nothing that comes from outside is an accident of ours: whatever is not a lost connection is a bad answer. */
function meaningOf(error: unknown): Error {
  if (error instanceof AnswerInvalid) return error;
  if (error instanceof AuthorizationResponseError)
    return new ProviderRefused(error.error, { cause: error });
  if (isUnreachable(error))
    return new ProviderAway("The provider did not answer.", { cause: error });
  return new AnswerInvalid(error instanceof Error ? error.message : "invalid", { cause: error });
}

function isUnreachable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.message === "fetch failed" || cause.name === "TimeoutError") return true;
    if ("code" in cause && cause.code === "OAUTH_TIMEOUT") return true;
    // An HTTP answer of 5xx from the token endpoint.
    if (cause.cause instanceof Response && cause.cause.status >= 500) return true;
  }
  return false;
}
