import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createLog } from "~/http/log.server";
import { SESSION_COOKIE } from "~/http/session-cookie";
import { send, startTestServer } from "./test-server.fixture";

describe("headers of every answer", () => {
  test("a page without scripts allows none, and nothing keeps or frames it", async () => {
    const server = await startTestServer();
    const { headers } = await send(server, "/app");
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none'; img-src 'self' data:; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; style-src 'self'",
    );
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
    });
    expect(headers).not.toHaveProperty("strict-transport-security");
    expect(headers).not.toHaveProperty("x-powered-by");
  });

  test("a page with scripts allows those with its nonce, another one each time", async () => {
    const server = await startTestServer(async (_request, context) => {
      context.notes.scripts = true;
      return new Response(context.cspNonce);
    });
    const [one, other] = [await send(server, "/"), await send(server, "/")];
    expect(one.headers["content-security-policy"]).toContain(
      `script-src 'self' 'nonce-${one.text}'`,
    );
    expect(one.text).not.toBe(other.text);
  });

  test("HSTS where the site is on HTTPS", async () => {
    const server = await startTestServer(undefined, { publicOrigin: "https://tiyn.example" });
    expect((await send(server, "/")).headers).toHaveProperty("strict-transport-security");
  });

  test("a route's own headers win, and each cookie stays one", async () => {
    const server = await startTestServer(async () => {
      const headers = new Headers({ "Cache-Control": "private, immutable", "X-Own": "1" });
      headers.append("Set-Cookie", "a=1; Path=/");
      headers.append("Set-Cookie", "b=2; Expires=Sun, 22 Nov 2026 12:00:00 GMT");
      return new Response("x", { headers });
    });
    const { headers } = await send(server, "/");
    expect(headers["cache-control"]).toBe("private, immutable");
    expect(headers["x-own"]).toBe("1");
    expect(headers["set-cookie"]).toEqual([
      "a=1; Path=/",
      "b=2; Expires=Sun, 22 Nov 2026 12:00:00 GMT",
    ]);
  });

  test("the request's id is ours, the same for the app and the answer", async () => {
    const server = await startTestServer(
      async (_request, { requestId }) => new Response(requestId),
    );
    const { headers, text } = await send(server, "/", { headers: { "x-request-id": "theirs" } });
    expect(headers["x-request-id"]).toBe(text);
    expect(text).toMatch(/^[\da-f-]{36}$/);
  });

  test("no header of the request comes back", async () => {
    const server = await startTestServer();
    const headers = { host: "evil.example", "x-forwarded-host": "evil.example", "x-evil": "evil" };
    const answer = await send(server, "/", { headers });
    expect(JSON.stringify(answer)).not.toContain("evil");
  });
});

describe("who is asking", () => {
  const forwarded = { headers: { "x-forwarded-for": "6.6.6.6, 198.51.100.7, 192.0.2.1" } };
  const address = async (trustProxy: number | false) => {
    const server = await startTestServer(
      async (_request, { clientAddress }) => new Response(clientAddress),
      { trustProxy },
    );
    return (await send(server, "/", forwarded)).text;
  };

  test("without a proxy: whoever is connected", async () =>
    expect(await address(false)).toMatch(/^(127\.0\.0\.1|::1)$/));
  test("behind one: whom it saw", async () => expect(await address(1)).toBe("192.0.2.1"));
  test("behind two: whom the outer one saw", async () =>
    expect(await address(2)).toBe("198.51.100.7"));
  test("more proxies than addresses: whoever is connected", async () =>
    expect(await address(9)).toMatch(/^(127\.0\.0\.1|::1)$/));
});

describe("what Remix answers", () => {
  test("HEAD has the headers and no body", async () => {
    const server = await startTestServer(
      async () => new Response("x", { headers: { "X-Own": "1" } }),
    );
    const answer = await send(server, "/", { method: "HEAD" });
    expect(answer).toMatchObject({ status: 200, text: "", headers: { "x-own": "1" } });
  });

  test("an outage is a 503, when to come back included", async () => {
    const server = await startTestServer(async (_request, { notes }) => {
      notes.outage = true;
      return new Response("sorry", { status: 500 });
    });
    const answer = await send(server, "/");
    expect(answer).toMatchObject({ status: 503, text: "sorry", headers: { "retry-after": "5" } });
  });

  test("a 503 always says when to come back", async () => {
    const server = await startTestServer(async () => new Response("sorry", { status: 503 }));
    expect((await send(server, "/x.data")).headers["retry-after"]).toBe("5");
  });

  test("a refusal without a word gets a page, or JSON for programs", async () => {
    const server = await startTestServer(
      async () => new Response(null, { status: 405, headers: { Allow: "POST" } }),
    );
    const page = await send(server, "/app/x");
    expect(page).toMatchObject({ status: 405, headers: { allow: "POST" } });
    expect(page.text).toContain("<h1>");
    const json = await send(server, "/api/x");
    expect(JSON.parse(json.text)).toMatchObject({ error: { code: "method_not_allowed" } });
  });

  test("a failure of its own is a 500 that says nothing but the request's id", async () => {
    const server = await startTestServer(() => Promise.reject(new Error("SELECT secret")));
    const { status, text, headers } = await send(server, "/");
    expect(status).toBe(500);
    expect(text).not.toContain("secret");
    expect(text).toContain(headers["x-request-id"]);
  });
});

describe("files and compression", () => {
  test("built files are kept for ever, others for an hour, and none is looked up elsewhere", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tiyn-built-"));
    mkdirSync(join(folder, "assets"));
    writeFileSync(join(folder, "assets/app-1234.css"), "a{}");
    writeFileSync(join(folder, "robots.txt"), "none");
    const server = await startTestServer(async () => new Response(null, { status: 404 }), {
      builtFiles: folder,
    });
    const css = await send(server, "/assets/app-1234.css");
    expect(css.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    const robots = await send(server, "/robots.txt");
    expect(robots.headers["cache-control"]).toBe("public, max-age=3600");
    for (const path of ["/assets/gone.css", "/assets/../../secret", "/assets/..%2f..%2fsecret"]) {
      const { status, headers } = await send(server, path);
      expect(status).toBe(404);
      expect(headers["cache-control"]).toBe("no-store");
    }
  });

  test("a page is compressed with brotli", async () => {
    const html = "<p>Здравствуйте</p>".repeat(200);
    const server = await startTestServer(
      async () => new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } }),
    );
    const response = await fetch(`${server.origin}/`, { headers: { "accept-encoding": "br" } });
    expect(response.headers.get("content-encoding")).toBe("br");
    expect(response.headers.get("vary")).toContain("Accept-Encoding");
    expect(await response.text()).toBe(html);
  });

  test.each(["image/jpeg", "image/webp", "image/png"])(
    "%s is not compressed again",
    async (type) => {
      const server = await startTestServer(
        async () => new Response(new Uint8Array(4_000), { headers: { "Content-Type": type } }),
      );
      const response = await fetch(`${server.origin}/`, { headers: { "accept-encoding": "br" } });
      expect(response.headers.get("content-encoding")).toBeNull();
      expect((await response.arrayBuffer()).byteLength).toBe(4_000);
    },
  );
});

test("the log holds the route and no address, query, invitation or cookie", async () => {
  const lines: string[] = [];
  const log = createLog({}, { write: (line) => void lines.push(line) });
  const server = await startTestServer(undefined, { log, routeOf: () => "/invite/:token" });
  const headers = { cookie: `${SESSION_COOKIE}=${"s".repeat(43)}` };
  await send(server, "/invite/a-secret-token?email=aibek@example.com", { headers });
  await expect.poll(() => lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    method: "GET",
    route: "/invite/:token",
    status: 200,
    msg: "request",
  });
  expect(lines[0]).not.toMatch(/secret|aibek|sss/);
});
