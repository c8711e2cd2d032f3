import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export const OIDC_CLIENT = { id: "tiyn", secret: "a client secret for the tests" };

type TokenClaims = Record<string, unknown>;

/** What is done to an ID token on its way: changed claims, or another way to sign it. */
export type Tampering = {
  claims?: (claims: TokenClaims) => TokenClaims;
  signature?: "none" | "HS256" | "another key" | "broken";
};

export type TestProvider = {
  issuer: string;
  /** For the tokens from now on; null sends them as they are. */
  tamper: (with_: Tampering | null) => void;
  close: () => Promise<void>;
};

type Options = {
  /** 0, the default, takes a free one. */
  port?: number;
  redirectUri: string;
  /** What is known of whoever signs in with this name. */
  claimsOf: (login: string) => TokenClaims;
  /** Claims such as the e-mail address only at the userinfo endpoint, as some providers have it. */
  onlyUserInfo?: boolean;
};

/** oidc-provider, a certified one, on this machine, with sign-in pages that take any name and password. */
export async function startTestProvider(options: Options): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://localhost:${port}`;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = newProvider(issuer, privateKey, options);
  let tampering: Tampering | null = null;
  provider.use(async (ctx, next) => {
    await next();
    const body: unknown = ctx.body;
    if (tampering && ctx.path === "/token" && hasToken(body))
      body.id_token = forged(body.id_token, tampering, privateKey);
  });
  const answer = provider.callback();
  server.on("request", (req, res) => void answer(req, res));
  return {
    issuer,
    tamper: (with_) => void (tampering = with_),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function hasToken(body: unknown): body is { id_token: string } {
  return typeof body === "object" && body !== null && "id_token" in body;
}

const KEY_ID = "the only key";

function newProvider(issuer: string, privateKey: KeyObject, options: Options): Provider {
  const jwk = privateKey.export({ format: "jwk" });
  return new Provider(issuer, {
    clients: [
      {
        client_id: OIDC_CLIENT.id,
        client_secret: OIDC_CLIENT.secret,
        redirect_uris: [options.redirectUri],
      },
    ],
    jwks: { keys: [{ ...jwk, kid: KEY_ID, use: "sig", alg: "RS256" }] },
    cookies: { keys: ["for the tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: options.onlyUserInfo ?? false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_ctx, login) => ({
      accountId: login,
      claims: () => ({ sub: login, ...options.claimsOf(login) }),
    }),
    // An hour is more than any test needs; saying so keeps the provider from warning.
    ttl: { AccessToken: 3600, Grant: 3600, IdToken: 3600, Interaction: 3600, Session: 3600 },
  });
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function forged(token: string, { claims, signature }: Tampering, privateKey: KeyObject): string {
  const [, payload = "", original = ""] = token.split(".");
  const said = JSON.parse(Buffer.from(payload, "base64url").toString()) as TokenClaims;
  const changed = encoded(claims ? claims(said) : said);
  const head = (alg: string) => `${encoded({ alg, kid: KEY_ID, typ: "JWT" })}.${changed}`;
  const withKey = (key: KeyObject) => {
    const text = head("RS256");
    return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
  };
  switch (signature) {
    case "none":
      return `${head("none")}.`;
    case "HS256": {
      const text = head("HS256");
      return `${text}.${createHmac("sha256", OIDC_CLIENT.secret).update(text).digest("base64url")}`;
    }
    case "another key":
      return withKey(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
    case "broken":
      return `${head("RS256")}.${original}`;
    case undefined:
      return withKey(privateKey);
  }
}
