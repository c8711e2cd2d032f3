import { type AppLoadContext, redirect } from "@remix-run/node";
import { Authenticator } from "remix-auth";
import { type Identified, identify } from "~/models/identity.server";
import type { OidcSettings } from "~/oidc-settings";
import { settings } from "~/settings.server";
import { notFound } from "./errors.server";
import { log } from "./log.server";
import { AnswerInvalid, ProviderAway, ProviderRefused } from "./oidc-client.server";
import { attemptCookie, linkCookie } from "./oidc-cookie.server";
import { type OidcAnswer, OidcStrategy } from "./oidc-strategy.server";
import { oidcConfirmPath, oidcStartPath } from "./paths";
import { beginSession } from "./session.server";

/** Why somebody is not signed in; each has a text in i18n/en/oidc.ts. */
export type OidcProblem =
  "invalid" | "refused" | "away" | Extract<Identified, { kind: "refused" }>["reason"];

const STATUS: Readonly<Record<OidcProblem, number>> = {
  invalid: 400,
  refused: 400,
  away: 503,
  unverified: 403,
  unknown: 403,
  deactivated: 403,
  other_identity: 403,
};

export type Refused = { problem: OidcProblem; status: number; headers: Headers };
type Completed = { identified: Identified; answer: OidcAnswer };

/** The provider; where none is set up, these pages are not there: throws 404. */
export function requireProvider(): OidcSettings {
  const { OIDC } = settings();
  if (!OIDC) throw notFound();
  return OIDC;
}

/**
 * For the sign-in page: what the button says and where it leads. At PUBLIC_ORIGIN, since the provider sends people back
 * there, and only there will their browser bring back what it was given.
 */
export function providerButton(next: string): { name: string; url: string } | null {
  const { OIDC, PUBLIC_ORIGIN } = settings();
  return OIDC && { name: OIDC.name, url: PUBLIC_ORIGIN + oidcStartPath(next) };
}

function authenticatorFor(oidc: OidcSettings, context: AppLoadContext): Authenticator<Completed> {
  return new Authenticator<Completed>().use(
    new OidcStrategy(oidc, async (answer) => ({
      identified: await identify(answer.claims, context.clientAddress),
      answer,
    })),
  );
}

/** Start and callback of the sign-in (DESIGN 7). Throws the redirects; returns why there is no session. */
export async function signInWithProvider(
  request: Request,
  context: AppLoadContext,
): Promise<Refused> {
  try {
    const completed = await authenticatorFor(requireProvider(), context).authenticate(
      "oidc",
      request,
    );
    return await settle(completed, request, context);
  } catch (error) {
    return refused(problemIn(error, context));
  }
}

async function settle(
  { identified, answer }: Completed,
  request: Request,
  context: AppLoadContext,
) {
  const { next, claims } = answer;
  const headers = new Headers({ "Set-Cookie": attemptCookie.clear() });
  if (identified.kind === "refused") return refused(identified.reason);
  if (identified.kind === "password_needed") {
    const { userId, email } = identified;
    const { issuer, subject } = claims;
    headers.append("Set-Cookie", linkCookie.set({ userId, email, issuer, subject, next }));
    throw redirect(oidcConfirmPath(), { headers });
  }
  headers.append("Set-Cookie", await beginSession(identified.userId, request, context));
  throw redirect(next, { headers });
}

/** A new try begins from the start: what was kept for this one is of no use any more. */
function refused(problem: OidcProblem): Refused {
  const headers = new Headers({ "Set-Cookie": attemptCookie.clear() });
  if (problem === "away") headers.set("Retry-After", "30");
  return { problem, status: STATUS[problem], headers };
}

/** Throws what is no problem with the sign-in: redirects, and failures of our own. */
function problemIn(error: unknown, { requestId }: AppLoadContext): OidcProblem {
  if (error instanceof ProviderRefused) return "refused";
  if (!(error instanceof AnswerInvalid || error instanceof ProviderAway)) throw error;
  // Our own words and the library's: no code, token or address stands in them.
  const facts = { requestId, problem: error.message };
  log.warn(facts, "a sign-in at the provider was not accepted");
  return error instanceof AnswerInvalid ? "invalid" : "away";
}
