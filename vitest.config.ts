import tsconfigPaths from "vite-tsconfig-paths";
import { defineConfig } from "vitest/config";

const shared = {
  plugins: [tsconfigPaths()],
  test: {
    env: {
      SESSION_SECRET: "only for tests, and long enough for the settings",
      TIYN_POOL_WAIT_MS: "120000",
    },
    // What is waited for comes at once, but on a busy machine.
    expect: { poll: { timeout: 60_000 } },
  },
};

export default defineConfig({
  test: {
    // Each database test file keeps a connection pool and PostgreSQL busy besides its own process.
    maxWorkers: 2,
    projects: [
      {
        ...shared,
        test: {
          ...shared.test,
          name: "unit",
          include: ["{app,scripts,prisma}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "**/*.faults.test.ts"],
          // Milliseconds on a quiet machine; what hangs is found all the same.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          ...shared.test,
          name: "database",
          include: ["{app,scripts,prisma}/**/*.db.test.ts"],
          globalSetup: "app/database/test-cluster.ts",
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        ...shared,
        // Kills the built app and its database; `npm run check` builds before.
        test: {
          ...shared.test,
          name: "faults",
          include: ["app/**/*.faults.test.ts"],
          testTimeout: 600_000,
          // A hook makes a cluster, migrates it and starts copies of the app: half a minute where the machine is busy.
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
