import { redirect } from "@remix-run/node";
import { Strategy } from "remix-auth/strategy";
import { type Claims, claimState } from "~/models/identity.server";
import type { OidcSettings } from "~/oidc-settings";
import { AnswerInvalid, beginOidc, redeemOidc } from "./oidc-client.server";
import { attemptCookie } from "./oidc-cookie.server";
import { oidcCallbackPath } from "./paths";
import { redirectTarget } from "./redirect-target";

/** What came back from the provider, and where its user wanted to go. */
export type OidcAnswer = { claims: Claims; next: string };

/**
 * Sign-in by authorization code with PKCE (DESIGN 7). Away from the callback it throws the redirect to the provider; there
 * it hands what the provider said to `verify`. What the browser has to bring back stands in a sealed cookie, and counts
 * once.
 */
export class OidcStrategy<User> extends Strategy<User, OidcAnswer> {
  override name = "oidc";

  constructor(
    private readonly oidc: OidcSettings,
    verify: Strategy.VerifyFunction<User, OidcAnswer>,
  ) {
    super(verify);
  }

  /** Throws a redirect, AnswerInvalid, ProviderRefused, ProviderAway, and what `verify` throws. */
  override async authenticate(request: Request): Promise<User> {
    const { pathname, search, searchParams } = new URL(request.url);
    if (pathname !== oidcCallbackPath())
      throw await this.begin(redirectTarget(searchParams.get("next")));
    const attempt = attemptCookie.read(request);
    if (!attempt) throw new AnswerInvalid("This browser did not begin it, or too long ago.");
    const claims = await redeemOidc(this.oidc, { search, attempt });
    if (!(await claimState(attempt.state))) throw new AnswerInvalid("It was used before.");
    return this.verify({ claims, next: attempt.next });
  }

  private async begin(next: string): Promise<Response> {
    const { url, attempt } = await beginOidc(this.oidc, next);
    return redirect(url.href, { headers: { "Set-Cookie": attemptCookie.set(attempt) } });
  }
}
