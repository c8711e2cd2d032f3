// npm run db:migrate: brings the database's tables up to date without starting the app.
import { applyMigrations } from "~/database/migrate.server";
import { withDatabase } from "./with-database";

try {
  const applied = await withDatabase((url) => applyMigrations(url, { log: console.log }));
  if (applied.length === 0) console.log("The database is up to date.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
