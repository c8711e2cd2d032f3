import type * as FileSystem from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { Writable } from "node:stream";
import { expect, test, vi } from "vitest";
import { MULTIPART_HEADERS, multipart } from "./multipart.fixture";
import { send, session, startTestServer } from "./test-server.fixture";

// A stub: filling a real disk, or mounting a small one, is nothing that a test may do to the machine it runs on.
const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock("node:fs", async (importOriginal) => {
  const real = await importOriginal<typeof FileSystem>();
  const fullDisk = () =>
    new Writable({
      write: (_chunk, _encoding, done) =>
        done(Object.assign(new Error("no space left on device"), { code: "ENOSPC" })),
    });
  const createWriteStream = (...given: Parameters<typeof real.createWriteStream>) =>
    disk.isFull ? fullDisk() : real.createWriteStream(...given);
  return { ...real, default: real, createWriteStream };
});

const { cookie, token } = session();
const headers = { ...MULTIPART_HEADERS, cookie };
const body = multipart([
  ["csrf", token],
  ["title", "Кнопка"],
  ["screenshots", "a".repeat(100_000), "a.png"],
]);

const leftovers = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith("tiyn-upload-"));

test("a form with files that the disk has no room for is a 503, leaves nothing, and works later", async () => {
  const server = await startTestServer();
  const before = await leftovers();
  disk.isFull = true;
  const full = await send(server, "/app/issues/new", { headers, body });
  expect(full.status).toBe(503);
  expect(Number(full.headers["retry-after"])).toBeGreaterThan(0);
  expect(full.text).not.toMatch(/ENOSPC|no space|tiyn-upload/);
  expect(server.passed).toEqual([]);
  disk.isFull = false;
  expect((await send(server, "/app/issues/new", { headers, body })).status).toBe(200);
  await expect.poll(leftovers).toEqual(before);
});
