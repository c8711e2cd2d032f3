import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import type { UploadedFile } from "~/http/upload.server";
import { MULTIPART_HEADERS, multipart, type Part } from "./multipart.fixture";
import { send, session, startTestServer, type TestServer } from "./test-server.fixture";

const MEGABYTE = 1024 * 1024;
const { cookie, token } = session();
const SIGNED_IN = { ...MULTIPART_HEADERS, cookie };
const csrf: Part = ["csrf", token];
const photo = (name: string, content: string | Buffer = "photo"): Part => [
  "screenshots",
  content,
  name,
];

type Seen = { files: UploadedFile[]; contents: string[]; tooMany: boolean; turnedAway: boolean };

/** The server before a route that reads what came. */
async function uploadServer(isSignedIn = true): Promise<TestServer & { seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = await startTestServer(
    async (_request, { upload }) => {
      if (!upload) return new Response("no files");
      const contents = await upload.read((files) =>
        Promise.all(
          files.map(async (one) => (one.tooLarge ? "" : (await readFile(one.path)).toString())),
        ),
      );
      const { files, tooMany, turnedAway } = upload;
      seen.push({ files: [...files], contents, tooMany, turnedAway });
      return new Response("ok");
    },
    { isSignedIn: async () => isSignedIn },
  );
  return { ...server, seen };
}

const post = (server: TestServer, parts: readonly Part[], path = "/app/issues/new") =>
  send(server, path, { headers: SIGNED_IN, body: multipart(parts) });

const leftovers = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith("tiyn-upload-"));

describe("a form with files", () => {
  test("reaches the route as text and files, which are gone afterwards", async () => {
    const before = await leftovers();
    const server = await uploadServer();
    const parts: Part[] = [csrf, ["title", "Кнопка"], photo("a.png", "A"), photo("b.jpg", "B")];
    expect((await post(server, parts)).status).toBe(200);
    const [one] = server.passed;
    expect(one?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
    expect(new URLSearchParams(one?.body).get("title")).toBe("Кнопка");
    expect(server.seen[0]?.contents).toEqual(["A", "B"]);
    expect(server.seen[0]?.files.map(({ name }) => name)).toEqual(["a.png", "b.jpg"]);
    await expect.poll(leftovers).toEqual(before);
  });

  test("without a file chosen has none", async () => {
    const server = await uploadServer();
    await post(server, [csrf, photo("", "")]);
    expect(server.seen).toMatchObject([{ files: [], tooMany: false, turnedAway: false }]);
  });

  test.each(["/app/issues", "/app/issues/7/edit", "/app/issues/new.data", "/login", "/api/x"])(
    "is 415 at %s",
    async (path) => {
      const server = await uploadServer();
      expect((await post(server, [csrf], path)).status).toBe(415);
      expect(server.passed).toEqual([]);
    },
  );

  test.each<[string, Part[]]>([
    ["without the token", [photo("a.png")]],
    ["with another session's token", [["csrf", session("o".repeat(43)).token], photo("a.png")]],
    ["with the token after the file", [photo("a.png"), csrf]],
    ["without files and without the token", [["title", "x"]]],
  ])("%s: 403, and nothing stays on the disk", async (_how, parts) => {
    const before = await leftovers();
    const server = await uploadServer();
    expect((await post(server, parts)).status).toBe(403);
    expect(server.passed).toEqual([]);
    expect(await leftovers()).toEqual(before);
  });

  test("from another site: 403", async () => {
    const server = await uploadServer();
    const headers = { ...SIGNED_IN, "sec-fetch-site": "cross-site" };
    const body = multipart([csrf, photo("a.png")]);
    expect((await send(server, "/app/issues/new", { headers, body })).status).toBe(403);
  });

  test("of somebody whose session is over keeps its text and drops its files", async () => {
    const server = await uploadServer(false);
    expect((await post(server, [csrf, ["title", "kept"], photo("a.png")])).status).toBe(200);
    expect(server.passed[0]?.body).toContain("title=kept");
    expect(server.seen).toMatchObject([{ files: [], turnedAway: true }]);
    const anonymous = { headers: MULTIPART_HEADERS, body: multipart([photo("a.png")]) };
    expect((await send(server, "/app/issues/new", anonymous)).status).toBe(200);
    expect(server.seen[1]).toMatchObject({ files: [], turnedAway: true });
  });
});

describe("limits", () => {
  test("ten megabytes are taken; of one byte more the route is told", async () => {
    const server = await uploadServer();
    const parts = [
      photo("a.png", Buffer.alloc(10 * MEGABYTE)),
      photo("b.png", Buffer.alloc(10 * MEGABYTE + 1)),
      photo("c.png", "C"),
    ];
    expect((await post(server, [csrf, ...parts])).status).toBe(200);
    const [seen] = server.seen;
    expect(seen?.files.map(({ tooLarge }) => tooLarge)).toEqual([false, true, false]);
    expect(seen?.contents.map(({ length }) => length)).toEqual([10 * MEGABYTE, 0, 1]);
  });

  test("a sixth file is not read, and the route is told", async () => {
    const server = await uploadServer();
    const six = ["1", "2", "3", "4", "5", "6"].map((name) => photo(`${name}.png`, name));
    expect((await post(server, [csrf, ...six])).status).toBe(200);
    expect(server.seen).toMatchObject([{ contents: ["1", "2", "3", "4", "5"], tooMany: true }]);
  });

  test("two megabytes of text are taken, more is not: 413", async () => {
    const server = await uploadServer();
    const text = (length: number): Part => ["body", "a".repeat(length)];
    expect((await post(server, [csrf, text(2 * MEGABYTE - 100)])).status).toBe(200);
    expect((await post(server, [csrf, text(2 * MEGABYTE + 1)])).status).toBe(413);
    const halves = [text(1.5 * MEGABYTE), text(1.5 * MEGABYTE)];
    expect((await post(server, [csrf, ...halves])).status).toBe(413);
  });

  test("more fields than a form may have: 422; a NUL: 400", async () => {
    const server = await uploadServer();
    const fields = Array.from({ length: 11_001 }, (): Part => ["a", ""]);
    expect((await post(server, [csrf, ...fields])).status).toBe(422);
    expect((await post(server, [csrf, ["a", "\0"]])).status).toBe(400);
    expect(server.passed).toEqual([]);
  });

  test.each([
    ["no boundary", "multipart/form-data", "x"],
    ["nothing between the boundaries", MULTIPART_HEADERS["content-type"], "x"],
    [
      "an end that never comes",
      MULTIPART_HEADERS["content-type"],
      multipart([csrf, photo("a.png")]).subarray(0, -20),
    ],
  ])("%s: 400", async (_what, type, body) => {
    const before = await leftovers();
    const server = await uploadServer();
    const headers = { ...SIGNED_IN, "content-type": type };
    expect((await send(server, "/app/issues/new", { headers, body })).status).toBe(400);
    expect(await leftovers()).toEqual(before);
  });

  test("a gigabyte, length unsaid: 413, and neither memory nor disk keeps any of it", async () => {
    const before = await leftovers();
    const server = await uploadServer();
    const memory = process.memoryUsage().rss;
    let highest = memory;
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 5);
    const opening = multipart([csrf, photo("a.png", "")]).subarray(0, -20);
    expect(await pour(server, opening)).toBe(413);
    clearInterval(watch);
    expect((highest - memory) / MEGABYTE).toBeLessThan(128);
    expect(server.passed).toEqual([]);
    await expect.poll(leftovers).toEqual(before);
  });

  test("a line that brings next to nothing: 408", async () => {
    const server = await startTestServer(undefined, { bodyGraceMs: 200 });
    const headers = { ...SIGNED_IN, "content-length": 10_000 };
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const outgoing = begin(server, headers);
      outgoing.on("response", (incoming) => resolve(incoming.statusCode)).on("error", reject);
      outgoing.write(multipart([csrf]).subarray(0, 40));
    });
    expect(status).toBe(408);
    expect(server.passed).toEqual([]);
  });

  test("who leaves in the middle leaves nothing", async () => {
    const before = await leftovers();
    const server = await uploadServer();
    const outgoing = begin(server, SIGNED_IN);
    outgoing.on("error", () => {});
    outgoing.write(multipart([csrf, photo("a.png", Buffer.alloc(MEGABYTE))]).subarray(0, -100));
    await expect.poll(leftovers).not.toEqual(before);
    outgoing.destroy();
    await expect.poll(leftovers).toEqual(before);
    expect(server.passed).toEqual([]);
  });
});

test("a route may go on reading after its client has left", async () => {
  let go = () => {};
  const gone = new Promise<void>((resolve) => (go = resolve));
  const read: Promise<unknown>[] = [];
  const server = await startTestServer(async (_request, { upload }) => {
    read.push(
      upload?.read(async ([file]) => {
        await gone;
        return (await readFile(file?.path ?? "")).toString();
      }) ?? Promise.resolve(),
    );
    throw new Error("The client has left.");
  });
  await post(server, [csrf, photo("a.png", "still here")]);
  go();
  expect(await read[0]).toBe("still here");
  expect(existsSync(tmpdir())).toBe(true);
});

function begin(server: TestServer, headers: Record<string, string | number>) {
  return request({
    ...{ host: "localhost", port: server.port, path: "/app/issues/new", method: "POST" },
    ...{ headers, agent: false },
  });
}

function pour(server: TestServer, opening: Buffer): Promise<number> {
  return new Promise((resolve) => {
    const chunk = Buffer.alloc(MEGABYTE, "a");
    let status = 0;
    const outgoing = begin(server, SIGNED_IN);
    outgoing.on("response", (incoming) => {
      status = incoming.statusCode ?? 0;
      incoming.resume();
    });
    outgoing.on("error", () => {}).on("close", () => resolve(status));
    outgoing.write(opening);
    let megabytes = 0;
    const more = () => {
      if (outgoing.destroyed) return;
      if (megabytes++ === 1024) outgoing.end();
      else outgoing.write(chunk, () => setImmediate(more));
    };
    more();
  });
}
