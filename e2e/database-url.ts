import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where e2e/serve.ts says which database it started. */
export const DATABASE_URL_FILE = join(
  tmpdir(),
  "tiyn-e2e",
  `database-url-${process.env.E2E_PORT ?? "default"}`,
);

export function useServedDatabase(): void {
  process.env.DATABASE_URL ??= readFileSync(DATABASE_URL_FILE, "utf8");
}
