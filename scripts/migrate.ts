// npm run db:migrate: brings the database's tables up to date without starting the app, as MIGRATE_DATABASE_URL if given.
import { bringDatabaseUpToDate } from "~/database/up-to-date.server";
import { settings } from "~/settings.server";
import { withDatabase } from "./with-database";

try {
  const applied = await withDatabase((url) =>
    bringDatabaseUpToDate({ url, ownerUrl: settings().MIGRATE_DATABASE_URL }, console.log),
  );
  if (applied.length === 0) console.log("The database is up to date.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
