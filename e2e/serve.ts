import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { startEmbedded } from "~/database/embedded.server";
import { OIDC_CLIENT, startTestProvider } from "~/http/oidc-provider.fixture";
import { startModelStandIn } from "~/http/model-stand-in.fixture";
import { DATABASE_URL_FILE } from "./database-url";
import { modelAnswer, suggestingPort } from "./intake-model";

// The built app on a throwaway PostgreSQL with the demo people in it, and a provider to sign in with. The tests' builders reach the same database.
// Beside it another copy of the app, which has a key and a stand-in for the model.

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

const model = await startModelStandIn();
model.answerWith(({ body }) => modelAnswer(body.messages[0]?.content ?? "{}"));

function start(env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "app/server/main.ts"], {
    stdio: "inherit",
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      SESSION_SECRET: "only for the browser tests, of no use elsewhere",
      // Whatever the machine has.
      ANTHROPIC_API_KEY: "",
      ...env,
    },
  });
}

const app = start({
  TIYN_DEMO: "1",
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: OIDC_CLIENT.id,
  OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
  OIDC_NAME: "Keycloak",
});
const suggesting = start({
  PORT: String(suggestingPort(port)),
  ANTHROPIC_API_KEY: "sk-ant-stand-in",
  ANTHROPIC_BASE_URL: model.url,
});

// The apps first, then their database; whoever is told to stop, all do.
const apps = [app, suggesting];
const stop = () => apps.forEach((one) => one.kill("SIGTERM"));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
const ended = apps.map(
  (one) =>
    new Promise<number>((resolve) => {
      one.once("exit", (code) => {
        stop();
        resolve(code ?? 1);
      });
    }),
);
const codes = await Promise.all(ended);
await Promise.all([provider.close(), model.close()]);
await database.stop();
process.exit(Math.max(...codes));
