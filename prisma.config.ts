import { defineConfig } from "prisma/config";

// No URL here: the Prisma command only generates and formats. Migrations are applied by
// app/database/migrate.server.ts, at run time by app/database/client.server.ts.
export default defineConfig({ schema: "prisma/schema.prisma" });
