import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { FORM, startTestServer, type TestServer, send } from "./test-server.fixture";

const HEAD = { ...FORM, "sec-fetch-site": "same-origin" };
const MEGABYTE = 1024 * 1024;

/** Sends up to a gigabyte without saying how much it will be, until the server has had enough. */
function pour(server: TestServer): Promise<{ status: number; megabytes: number }> {
  return new Promise((resolve) => {
    const chunk = Buffer.alloc(MEGABYTE, "a");
    let megabytes = 0;
    let status = 0;
    const outgoing = request({
      host: "localhost",
      port: server.port,
      path: "/login",
      method: "POST",
      headers: HEAD,
      agent: false,
    });
    outgoing.on("response", (incoming) => {
      status = incoming.statusCode ?? 0;
      incoming.resume();
    });
    outgoing.on("error", () => {}).on("close", () => resolve({ status, megabytes }));
    const more = () => {
      if (outgoing.destroyed) return;
      if (megabytes++ === 1024) outgoing.end();
      else outgoing.write(chunk, () => setImmediate(more));
    };
    more();
  });
}

describe("a body", () => {
  test("of two megabytes is taken, one byte more is not", async () => {
    const server = await startTestServer();
    const body = (length: number) => ({ body: "a".repeat(length), headers: HEAD });
    expect((await send(server, "/login", body(2 * MEGABYTE))).status).toBe(200);
    expect((await send(server, "/login", body(2 * MEGABYTE + 1))).status).toBe(413);
    expect(server.passed).toHaveLength(1);
  });

  test("of a gigabyte, length unsaid: 413, and memory stays flat", async () => {
    const server = await startTestServer();
    const before = process.memoryUsage().rss;
    let highest = before;
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 5);
    const { status } = await pour(server);
    clearInterval(watch);
    expect(status).toBe(413);
    expect((highest - before) / MEGABYTE).toBeLessThan(128);
    expect(server.passed).toEqual([]);
  });

  test("that announces itself as too large is refused before it is sent", async () => {
    const server = await startTestServer();
    const expectation = { ...HEAD, "content-length": 1024 * MEGABYTE, expect: "100-continue" };
    const told = await new Promise<string | number>((resolve, reject) => {
      const outgoing = request({
        host: "localhost",
        port: server.port,
        path: "/login",
        method: "POST",
        headers: expectation,
        agent: false,
      });
      outgoing.on("continue", () => resolve("go on"));
      outgoing.on("response", (incoming) => resolve(incoming.statusCode ?? 0));
      outgoing.on("error", reject).flushHeaders();
    });
    expect(told).toBe(413);
  });

  test("that waits to be asked for is asked for", async () => {
    const server = await startTestServer();
    const text = await raw(
      server,
      "POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n" +
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n" +
        "Expect: 100-continue\r\nConnection: close\r\n\r\n",
      async (socket) => {
        await sleep(50);
        socket.write("a=1");
      },
    );
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });
});

/** Everything the server says until it hangs up. */
function raw(
  server: TestServer,
  head: string,
  then: (socket: Socket) => Promise<void>,
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, "localhost");
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
    socket.on("error", () => {}).on("close", () => resolve(text));
    socket.write(head);
    void then(socket);
  });
}

describe("a slow client", () => {
  // For ever, unless the server hangs up.
  const drip = async (socket: Socket) => {
    while (!socket.destroyed) {
      socket.write("a");
      await sleep(50);
    }
  };

  test("that sends its body byte by byte: 408 in bounded time", async () => {
    const server = await startTestServer(undefined, {
      requestTimeoutMs: 400,
      headersTimeoutMs: 400,
    });
    const text = await raw(
      server,
      "POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n" +
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n",
      drip,
    );
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(server.passed).toEqual([]);
  });

  test("that sends its headers byte by byte: 408 in bounded time", async () => {
    const server = await startTestServer(undefined, {
      requestTimeoutMs: 400,
      headersTimeoutMs: 400,
    });
    const text = await raw(server, "GET / HTTP/1.1\r\nX-Slow: ", drip);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });
});
