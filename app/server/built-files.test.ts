import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { compressAssets } from "../../scripts/compress-assets.mjs";
import { startTestServer, type TestServer } from "./test-server.fixture";

const CSS = ".money{font-variant-numeric:tabular-nums}".repeat(100);
const SHORT = "a{}";
const PICTURE = Buffer.alloc(4_000, "picture");

let folder: string;
let server: TestServer;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tiyn-built-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "assets/app-1234.css"), CSS);
  writeFileSync(join(folder, "assets/short-1234.css"), SHORT);
  writeFileSync(join(folder, "assets/logo-1234.png"), PICTURE);
  compressAssets(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  const nothing = async () => new Response(null, { status: 404 });
  server = await startTestServer(nothing, { builtFiles: folder });
});

/** As it came over the wire: fetch() would unpack it. */
async function get(path: string, encodings: string, more: Readonly<Record<string, string>> = {}) {
  const { request } = await import("node:http");
  return new Promise<{ status: number; body: Buffer; headers: Record<string, unknown> }>(
    (resolve, reject) => {
      const headers = { ...more, "accept-encoding": encodings };
      request(`${server.origin}${path}`, { headers, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(chunks),
            headers: answer.headers,
          }),
        );
      })
        .on("error", reject)
        .end();
    },
  );
}

describe("a built file of text", () => {
  test.each([
    ["gzip, deflate, br", "br", brotliDecompressSync],
    ["br;q=0, gzip", "gzip", gunzipSync],
    ["gzip", "gzip", gunzipSync],
  ] as const)("for %s is sent as the build packed it: %s", async (accepted, encoding, unpack) => {
    const { status, body, headers } = await get("/assets/app-1234.css", accepted);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-encoding": encoding,
      "content-type": "text/css; charset=UTF-8",
      "content-length": String(body.length),
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
    });
    expect(unpack(body).toString()).toBe(CSS);
  });

  test("for nobody who unpacks is sent as it is, and the cache in between knows the difference", async () => {
    const { body, headers } = await get("/assets/app-1234.css", "identity");
    expect(body.toString()).toBe(CSS);
    expect(headers).not.toHaveProperty("content-encoding");
    expect(headers).toMatchObject({ vary: "Accept-Encoding" });
  });

  test("is not sent again to who has it", async () => {
    const { headers } = await get("/assets/app-1234.css", "br");
    const seen = { "if-none-match": String(headers.etag) };
    expect(await get("/assets/app-1234.css", "br", seen)).toMatchObject({
      status: 304,
      body: Buffer.alloc(0),
    });
  });

  test("that is short is not packed", async () => {
    const { body, headers } = await get("/assets/short-1234.css", "br, gzip");
    expect(body.toString()).toBe(SHORT);
    expect(headers).not.toHaveProperty("content-encoding");
  });

  test.each(["/assets/app-1234.css.br", "/assets/app-1234.css.gz"])(
    "has no other name: %s",
    async (path) => expect(await get(path, "br")).toMatchObject({ status: 404 }),
  );
});

test("a picture is sent as it is, and kept as long", async () => {
  const { body, headers } = await get("/assets/logo-1234.png", "gzip, deflate, br");
  expect(body.equals(PICTURE)).toBe(true);
  expect(headers).not.toHaveProperty("content-encoding");
  expect(headers).toMatchObject({ "cache-control": "public, max-age=31536000, immutable" });
});
