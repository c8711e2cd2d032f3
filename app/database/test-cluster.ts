import type { TestProject } from "vitest/node";
import { startEmbedded } from "./embedded.server.ts";
import { applyMigrations } from "./migrate.server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The migrated database that every test file gets a copy of. Nobody may be connected to it. */
    templateUrl: string;
    superuserUrl: string;
  }
}

/** Runs once before all database tests: one PostgreSQL for them, migrated once. */
export default async function startTestCluster(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startEmbedded({ throwaway: true });
  try {
    await applyMigrations(cluster.url);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  project.provide("templateUrl", cluster.url);
  project.provide("superuserUrl", cluster.superuserUrl);
  return () => cluster.stop();
}
