import { describe, expect, test } from "vitest";
import { FORM, JSON_BODY, send, session, startTestServer } from "./test-server.fixture";

const SAME = { "sec-fetch-site": "same-origin" };

describe("where a form comes from", () => {
  test.each([
    ["another site", { origin: "https://evil.example" }],
    ["another site that the browser marks", { "sec-fetch-site": "cross-site" }],
    ["a sister domain", { "sec-fetch-site": "same-site" }],
    ["another site, whatever it says of itself", { ...SAME, origin: "https://evil.example" }],
    ["another site that shares our name in its own", { origin: "http://localhost.evil.example" }],
    ["another port", { origin: "http://localhost:1" }],
    ["a page without an origin", { origin: "null" }],
    ["nowhere, as far as one can tell", {}],
    ["the reader alone", { "sec-fetch-site": "none" }],
    ["the reader, over another site's page", { "sec-fetch-site": "none", origin: "null" }],
  ])("%s: 403, and no route hears of it", async (_from, headers) => {
    const server = await startTestServer();
    for (const path of ["/app/issues", "/logout", "/login", "/app/issues.data", "/__manifest"]) {
      const answer = await send(server, path, { body: "a=1", headers: { ...FORM, ...headers } });
      expect(answer.status).toBe(403);
      expect(answer.text).toContain(server.origin);
    }
    const json = await send(server, "/api/x", {
      body: "{}",
      headers: { ...JSON_BODY, ...headers },
    });
    expect(json.status).toBe(403);
    expect(JSON.parse(json.text)).toMatchObject({ error: { code: "forbidden" } });
    expect(server.passed).toEqual([]);
  });

  test.each([
    ["this site's own page", () => SAME],
    ["this site's own page, origin withheld", () => ({ ...SAME, origin: "null" })],
    ["localhost", (port: number) => ({ origin: `http://localhost:${port}` })],
    ["127.0.0.1", (port: number) => ({ origin: `http://127.0.0.1:${port}` })],
    ["[::1]", (port: number) => ({ origin: `http://[::1]:${port}` })],
    [
      "a reload of our answer",
      (port: number) => ({
        "sec-fetch-site": "none",
        origin: `http://localhost:${port}`,
      }),
    ],
  ])("%s: taken", async (_from, headersFor) => {
    const server = await startTestServer();
    const headers = { ...FORM, ...headersFor(server.port) };
    expect((await send(server, "/app/issues", { body: "a=1", headers })).status).toBe(200);
    expect(server.passed).toMatchObject([{ path: "/app/issues", body: "a=1" }]);
  });

  test("only the configured origin counts once there is one", async () => {
    const server = await startTestServer(undefined, { publicOrigin: "https://tiyn.example" });
    const post = (origin: string) =>
      send(server, "/login", { body: "a=1", headers: { ...FORM, origin } });
    expect((await post("https://tiyn.example")).status).toBe(200);
    expect((await post("http://tiyn.example")).status).toBe(403);
    expect((await post(`http://localhost:${server.port}`)).status).toBe(403);
  });

  test("what a proxy would say is not believed", async () => {
    const server = await startTestServer();
    const headers = { ...FORM, origin: "https://evil.example", "x-forwarded-host": "evil.example" };
    expect((await send(server, "/login", { body: "a=1", headers })).status).toBe(403);
    await send(server, "/", {
      headers: { "x-forwarded-host": "evil.example", host: "evil.example" },
    });
    expect(server.passed[0]?.headers.get("host")).toBe(`localhost:${server.port}`);
    expect(server.passed[0]?.headers.get("x-forwarded-host")).toBeNull();
  });
});

describe("the form's token", () => {
  const { cookie, token } = session();
  const another = session("o".repeat(43));

  test.each([
    ["none", "a=1"],
    ["an empty one", "csrf="],
    ["another session's", `csrf=${another.token}`],
    ["a made-up one", "csrf=%F0%9F%92%A9"],
  ])("%s: 403, and no route hears of it", async (_which, body) => {
    const server = await startTestServer();
    const headers = { ...FORM, ...SAME, cookie };
    for (const path of ["/app/issues", "/app/issues.data", "/logout", "/login/", "/api/x"])
      expect((await send(server, path, { body, headers })).status).toBe(403);
    expect(server.passed).toEqual([]);
  });

  test("this session's: taken, with the body as it was", async () => {
    const server = await startTestServer();
    const body = `csrf=${token}&name=%D0%90%D0%B9%D0%B1%D0%B5%D0%BA`;
    const headers = { ...FORM, ...SAME, cookie };
    expect((await send(server, "/app/issues", { body, headers })).status).toBe(200);
    expect(server.passed[0]?.body).toBe(body);
  });

  test("not asked for at sign-in, nor of somebody without a session", async () => {
    const server = await startTestServer();
    const login = { body: "email=a", headers: { ...FORM, ...SAME, cookie } };
    expect((await send(server, "/login", login)).status).toBe(200);
    const anonymous = { body: "a=1", headers: { ...FORM, ...SAME } };
    expect((await send(server, "/app/issues", anonymous)).status).toBe(200);
  });

  test("JSON from the same origin needs none, and only under /api/", async () => {
    const server = await startTestServer();
    const sent = { body: "{}", headers: { ...JSON_BODY, ...SAME, cookie } };
    expect((await send(server, "/api/x", sent)).status).toBe(200);
    expect((await send(server, "/app/issues", sent)).status).toBe(415);
    expect((await send(server, "/apix", sent)).status).toBe(415);
  });
});

describe("what is sent", () => {
  test.each([
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/xml",
    "application/jsonp",
  ])("%s: 415", async (type) => {
    const server = await startTestServer();
    const headers = { "content-type": type, ...SAME };
    expect((await send(server, "/app/issues", { body: "a=1", headers })).status).toBe(415);
    expect((await send(server, "/api/x", { body: "{}", headers })).status).toBe(415);
    expect(server.passed).toEqual([]);
  });

  test("nothing at all is an empty form", async () => {
    const server = await startTestServer();
    expect((await send(server, "/login", { method: "POST", headers: SAME })).status).toBe(200);
  });

  test.each(["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])(
    "%s: 405",
    async (method) => {
      const server = await startTestServer();
      const answer = await send(server, "/app/issues", { method, headers: SAME });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe("GET, HEAD, POST");
      expect(server.passed).toEqual([]);
    },
  );

  test.each(["/%", "/%E0%A4%A", "/a%00b", "/?q=%00", "http://evil.example/", "*"])(
    "the address %s: 400",
    async (path) => {
      const server = await startTestServer();
      expect((await send(server, path)).status).toBe(400);
      expect(server.passed).toEqual([]);
    },
  );

  test("an address that looks like another host stays on this one", async () => {
    const server = await startTestServer();
    await send(server, "//evil.example/x");
    expect(server.passed[0]?.path).toBe("//evil.example/x");
  });

  test("a NUL: 400", async () => {
    const server = await startTestServer();
    const form = { body: "a=b%00c", headers: { ...FORM, ...SAME } };
    expect((await send(server, "/login", form)).status).toBe(400);
    const json = { body: '{"a":"\\u0000"}', headers: { ...JSON_BODY, ...SAME } };
    expect((await send(server, "/api/x", json)).status).toBe(400);
  });

  test("more than 11,000 fields: 422", async () => {
    const server = await startTestServer();
    const fields = (count: number) => ({
      body: Array.from({ length: count }, (_, index) => `issue=${index}`).join("&"),
      headers: { ...FORM, ...SAME },
    });
    expect((await send(server, "/login", fields(11_000))).status).toBe(200);
    expect((await send(server, "/login", fields(11_001))).status).toBe(422);
    expect((await send(server, "/login", fields(20_000))).status).toBe(422);
  });
});
