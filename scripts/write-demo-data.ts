// npm run db:seed: the demo people and their story, into a database that is empty.
import { closeDatabase } from "~/database/client.server";
import { applyMigrations } from "~/database/migrate.server";
import { seedIfEmpty } from "../prisma/seed";
import { withDatabase } from "./with-database";

try {
  const written = await withDatabase(async (url) => {
    await applyMigrations(url, { log: console.log });
    return seedIfEmpty().finally(closeDatabase);
  });
  console.log(written ? "Demo data written." : "The database is not empty: nothing written.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
