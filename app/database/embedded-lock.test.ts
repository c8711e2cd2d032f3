import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FolderInUse, lockFolder, ownerOf, type Owner } from "./embedded-lock.server.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tiyn-lock-"));
  await mkdir(join(folder, "owner"));
});
afterEach(() => rm(folder, { recursive: true }));

const lockFile = (number: number) => join(folder, "owner", `${number}.json`);

async function owned(number: number, owner: Partial<Owner>): Promise<void> {
  const somebody = { pid: process.pid, startedAt: "1", space: "", address: null, since: "" };
  await writeFile(lockFile(number), JSON.stringify({ ...somebody, ...owner }));
}

/** What this very process writes, to be changed by tests. */
async function myself(): Promise<Owner> {
  const lock = await lockFolder(folder, "http://localhost:3000");
  const owner = await ownerOf(folder);
  await lock.release();
  if (owner === null) throw new Error("a held folder has an owner");
  return owner;
}

test("is held until released", async () => {
  const lock = await lockFolder(folder, "http://localhost:3000");
  await expect(lockFolder(folder, null)).rejects.toThrow(FolderInUse);
  await expect(lockFolder(folder, null)).rejects.toThrow(
    `process ${process.pid}, at http://localhost:3000`,
  );
  await lock.release();
  await (await lockFolder(folder, null)).release();
});

test("of many that find a dead owner at once, one takes over", async () => {
  const dead = { ...(await myself()), startedAt: "another process had this number" };
  for (let round = 0; round < 20; round += 1) {
    await owned(1000 * (round + 1), dead);
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => lockFolder(folder, null)),
    );
    const won = tries.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(won).toHaveLength(1);
    await won[0]?.release();
  }
});

test("a file that lost its content in a power cut holds nothing", async () => {
  await writeFile(lockFile(7), "");
  await (await lockFolder(folder, null)).release();
});

test("an owner from before a restart of the machine is dead once it was silent for long", async () => {
  await owned(3, { space: "an earlier boot" });
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lockFile(3), longAgo, longAgo);
  await (await lockFolder(folder, null)).release();
});

test("an owner in another container is alive while its heart beats", async () => {
  await owned(3, { space: "another container" });
  const beat = setInterval(() => void utimes(lockFile(3), new Date(), new Date()), 100);
  await expect(lockFolder(folder, null)).rejects.toThrow(FolderInUse);
  clearInterval(beat);
});
