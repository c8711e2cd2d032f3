import tsconfigPaths from "vite-tsconfig-paths";
import { defineConfig } from "vitest/config";

const shared = {
  plugins: [tsconfigPaths()],
  test: {
    env: { SESSION_SECRET: "only for tests, and long enough for the settings" },
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
        },
      },
      {
        ...shared,
        test: {
          ...shared.test,
          name: "database",
          include: ["{app,scripts,prisma}/**/*.db.test.ts"],
          globalSetup: "app/database/test-cluster.ts",
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        // Kills the built app and its database; `npm run check` builds before.
        test: {
          ...shared.test,
          name: "faults",
          include: ["app/**/*.faults.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
