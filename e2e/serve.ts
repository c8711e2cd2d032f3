import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { startEmbedded } from "~/database/embedded.server";
import { DATABASE_URL_FILE } from "./database-url";

// The built app on a throwaway PostgreSQL with the demo people in it. The tests' builders reach the same database.

const database = await startEmbedded({ throwaway: true });
await mkdir(dirname(DATABASE_URL_FILE), { recursive: true });
await writeFile(DATABASE_URL_FILE, database.url, { mode: 0o600 });

const app: ChildProcess = spawn(process.execPath, ["--import", "tsx", "app/server/main.ts"], {
  stdio: "inherit",
  env: {
    ...process.env,
    DATABASE_URL: database.url,
    TIYN_DEMO: "1",
    SESSION_SECRET: "only for the browser tests, of no use elsewhere",
  },
});

// The app first, then its database; whoever is told to stop, both do.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => app.kill("SIGTERM"));
app.once("exit", (code) => {
  void database.stop().then(() => process.exit(code ?? 1));
});
