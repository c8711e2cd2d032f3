import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { startEmbedded } from "~/database/embedded.server";
import { OIDC_CLIENT, startTestProvider } from "~/http/oidc-provider.fixture";
import { DATABASE_URL_FILE } from "./database-url";

// The built app on a throwaway PostgreSQL with the demo people in it, and a provider to sign in with. The tests' builders reach the same database.

const database = await startEmbedded({ throwaway: true });
await mkdir(dirname(DATABASE_URL_FILE), { recursive: true });
await writeFile(DATABASE_URL_FILE, database.url, { mode: 0o600 });

const port = Number(process.env.PORT);
const provider = await startTestProvider({
  port: port + 10_000,
  redirectUri: `http://localhost:${port}/auth/oidc/callback`,
  // Whoever signs in there has that e-mail address.
  claimsOf: (login) => ({ email: login, email_verified: !login.startsWith("unverified") }),
});

const app: ChildProcess = spawn(process.execPath, ["--import", "tsx", "app/server/main.ts"], {
  stdio: "inherit",
  env: {
    ...process.env,
    DATABASE_URL: database.url,
    TIYN_DEMO: "1",
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: OIDC_CLIENT.id,
    OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
    OIDC_NAME: "Keycloak",
    SESSION_SECRET: "only for the browser tests, of no use elsewhere",
  },
});

// The app first, then its database; whoever is told to stop, both do.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => app.kill("SIGTERM"));
app.once("exit", (code) => {
  void provider
    .close()
    .then(() => database.stop())
    .then(() => process.exit(code ?? 1));
});
