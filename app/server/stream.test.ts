import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { send, startTestServer, type TestServer } from "./test-server.fixture";

const CSV = { headers: { "Content-Type": "text/csv; charset=utf-8" } };
const LINE = new TextEncoder().encode("2026-05-10,Hackorda,Login fails,high,15000.00,KZT\r\n");

/** A file without end; tells how much of it was read, and whether its reader cancelled it. */
function endless(chunk = () => LINE) {
  const seen = { chunks: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      seen.chunks++;
      controller.enqueue(chunk());
      await new Promise((resolve) => setImmediate(resolve));
    },
    cancel() {
      seen.cancelled = true;
    },
  });
  return { body, seen };
}

function get(server: TestServer, headers = {}) {
  return request({ host: "localhost", port: server.port, path: "/", headers, agent: false });
}

async function until(condition: () => boolean, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition() && Date.now() < end) await sleep(10);
}

describe.each([
  ["plain", {}],
  ["compressed", { "accept-encoding": "br" }],
])("a streamed answer, %s", (_kind, headers) => {
  test("is cancelled at its source when the reader leaves", async () => {
    const { body, seen } = endless();
    let signal: AbortSignal | undefined;
    const server = await startTestServer(async (incoming) => {
      signal = incoming.signal;
      return new Response(body, CSV);
    });
    const reader = get(server, headers);
    reader.on("response", (incoming) => incoming.once("data", () => reader.destroy()));
    reader.on("error", () => {}).end();
    await until(() => seen.cancelled);
    expect(seen.cancelled).toBe(true);
    expect(signal?.aborted).toBe(true);
    const read = seen.chunks;
    await sleep(50);
    expect(seen.chunks).toBe(read);
  });

  test("goes no faster than it is read", async () => {
    // Random, so that compression cannot make it small.
    const { body, seen } = endless(() => crypto.getRandomValues(new Uint8Array(65_536)));
    const server = await startTestServer(async () => new Response(body, CSV));
    const reader = get(server, headers);
    reader.on("response", (incoming) => incoming.once("data", () => incoming.pause()));
    reader.on("error", () => {}).end();
    let before = -1;
    // It fills what the two systems hold between them, then waits.
    while (before !== seen.chunks || before === 0) {
      before = seen.chunks;
      await sleep(300);
    }
    expect(seen.chunks * 65_536).toBeLessThan(16 * 1024 * 1024);
    reader.destroy();
    await until(() => seen.cancelled);
    expect(seen.cancelled).toBe(true);
  });

  test("breaks off when its source fails midway", async () => {
    let pulls = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await sleep(30);
        if (++pulls === 4) controller.error(new Error("the database went away"));
        else controller.enqueue(LINE);
      },
    });
    const server = await startTestServer(async () => new Response(body, CSV));
    const outcome = await new Promise<string>((resolve) => {
      const reader = get(server, headers);
      reader.on("response", (incoming) => {
        incoming.resume();
        incoming.on("end", () => resolve(incoming.complete ? "ended" : "broke off"));
        incoming.on("error", () => resolve("broke off"));
      });
      reader.on("error", () => resolve("broke off")).end();
    });
    expect(outcome).toBe("broke off");
  });

  test("shows its first line while the next is not there yet", async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(LINE),
    });
    const server = await startTestServer(async () => new Response(body, CSV));
    // Held back until there is more, it would never come: this file has no end.
    await new Promise<void>((resolve, reject) => {
      const reader = get(server, headers);
      reader.on("response", (incoming) =>
        incoming.once("data", () => {
          resolve();
          reader.destroy();
        }),
      );
      reader.on("error", reject).end();
    });
  });
});

test("an answer that fails before its first byte is a 500, not a file", async () => {
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error("no cursor")),
  });
  const headers = { "Content-Type": "text/csv", "Content-Disposition": 'attachment; filename="x"' };
  const server = await startTestServer(async () => new Response(body, { headers }));
  const answer = await send(server, "/");
  expect(answer.status).toBe(500);
  expect(answer.headers).not.toHaveProperty("content-disposition");
  expect(answer.headers["content-type"]).toContain("text/html");
});

test("a large answer arrives whole", async () => {
  const text = Array.from({ length: 200_000 }, (_, index) => `${index}\r\n`).join("");
  const server = await startTestServer(async () => new Response(text, CSV));
  const response = await fetch(`${server.origin}/`, { headers: { "accept-encoding": "gzip" } });
  expect(response.headers.get("content-encoding")).toBe("gzip");
  expect(await response.text()).toBe(text);
});
