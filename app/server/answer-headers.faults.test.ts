import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, FORM, JSON_BODY } from "./test-server.fixture";
import { NAVIGATION, startWalkServer, type WalkServer } from "./walk-server.fixture";

// Every kind of answer of every route of the build, through the real server behind HTTPS: what it tells the browser.

const ORIGIN = "https://tiyn.example";

let server: WalkServer;

beforeAll(async () => {
  server = await startWalkServer({ PUBLIC_ORIGIN: ORIGIN, TRUST_PROXY: "1" });
});
afterAll(() => server.stop());

const ALWAYS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
};
const LOCKED = [
  "default-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
];

/** Pictures have a policy of their own: nothing, in a sandbox. */
function directivesOf({ headers }: Answer): string[] {
  return String(headers["content-security-policy"]).split("; ");
}

/** What is wrong with the headers of this answer. */
function wrongWith(answer: Answer): string[] {
  const { headers } = answer;
  const wrong = Object.entries(ALWAYS).flatMap(([name, value]) =>
    headers[name] === value ? [] : [`${name}: ${String(headers[name])}`],
  );
  const policy = directivesOf(answer);
  for (const one of LOCKED) if (!policy.includes(one)) wrong.push(`no ${one}`);
  if (/unsafe-/.test(policy.join())) wrong.push("an unsafe policy");
  if (!/^max-age=\d{8,}/.test(String(headers["strict-transport-security"]))) wrong.push("no HSTS");
  if (!/^[\da-f-]{36}$/.test(String(headers["x-request-id"]))) wrong.push("no request id");
  if ("x-powered-by" in headers || "server" in headers) wrong.push("says what it is made of");
  return wrong;
}

/** Scripts only where the page has some, each with the nonce of this answer. */
function wrongScripts(answer: Answer): string[] {
  const scripts = directivesOf(answer).find((one) => one.startsWith("script-src"));
  const tags = answer.text.match(/<script\b[^>]*>/g) ?? [];
  if (scripts === undefined) return tags.length === 0 ? [] : ["a script that may not run"];
  const nonce = /^script-src 'self' 'nonce-([^']+)'$/.exec(scripts)?.[1];
  if (nonce === undefined) return [scripts];
  const strange = tags.filter((tag) => !tag.includes(`nonce="${nonce}"`));
  return strange.length > 0 ? strange : [];
}

const KEPT = /^\/app\/issues\/new$/;

/** DESIGN 7: no-store, but for the form of a new report, whose text Back must find. */
function wrongCache(pattern: string, { headers, status }: Answer): string[] {
  const told = String(headers["cache-control"]);
  const allowed = KEPT.test(pattern) && status === 200 ? "private, no-cache" : "no-store";
  return told === allowed ? [] : [`cache-control: ${told}`];
}

const dataPath = (path: string) => (path === "/" ? "/_root.data" : `${path}.data`);

async function answersOf(pattern: string): Promise<[string, Answer][]> {
  const path = server.walk.addressOf(pattern);
  const post = { ...FORM, origin: ORIGIN, "sec-fetch-site": "same-origin" };
  const admin = { cookie: server.walk.cookies.admin };
  const tester = { cookie: server.walk.cookies.tester };
  // The walk goes on with this session.
  const poster = pattern === "/logout" ? {} : admin;
  return [
    ["admin", await server.send(path, { headers: { ...NAVIGATION, ...admin } })],
    ["tester", await server.send(path, { headers: { ...NAVIGATION, ...tester } })],
    ["nobody", await server.send(path, { headers: NAVIGATION })],
    ["HEAD", await server.send(path, { method: "HEAD", headers: { ...NAVIGATION, ...tester } })],
    ["data", await server.send(dataPath(path), { headers: admin })],
    ["post", await server.send(path, { body: "csrf=none", headers: { ...post, ...poster } })],
    [
      "JSON",
      await server.send(path, { body: "{}", headers: { ...post, ...JSON_BODY, ...poster } }),
    ],
    [
      "foreign",
      await server.send(path, { body: "", headers: { ...FORM, origin: "https://evil" } }),
    ],
    ["PUT", await server.send(path, { method: "PUT", headers: NAVIGATION })],
  ];
}

describe("every route of the build", () => {
  test("answers everybody and everything with the headers that close the page", async () => {
    const wrong: string[] = [];
    const statuses = new Set<number>();
    let count = 0;
    let scripted = 0;
    for (const pattern of server.patterns)
      for (const [kind, answer] of await answersOf(pattern)) {
        count++;
        statuses.add(answer.status);
        if (answer.text.includes("<script nonce=")) scripted++;
        const found = [
          ...wrongWith(answer),
          ...wrongScripts(answer),
          ...wrongCache(pattern, answer),
        ];
        if (found.length > 0)
          wrong.push(`${kind} ${pattern} (${answer.status}): ${found.join("; ")}`);
      }
    expect(wrong).toEqual([]);
    expect(count).toBe(server.patterns.length * 9);
    expect([...statuses]).toEqual(expect.arrayContaining([200, 302, 401, 403, 404, 405, 415]));
    expect(scripted).toBeGreaterThan(5);
  });

  test("a tester's page has no script at all, whatever it is", async () => {
    const headers = { ...NAVIGATION, cookie: server.walk.cookies.tester };
    const withScripts: string[] = [];
    for (const pattern of server.patterns.filter((one) => !one.startsWith("/app/admin"))) {
      const answer = await server.send(server.walk.addressOf(pattern), { headers });
      const policy = directivesOf(answer).join();
      if (/<script\b/.test(answer.text) || /script-src|connect-src/.test(policy))
        withScripts.push(pattern);
    }
    expect(withScripts).toEqual([]);
  });
});

test("built files are as closed, and kept for ever; a malformed address is as closed too", async () => {
  const [file = ""] = readdirSync("build/client/assets");
  const asset = await server.send(`/assets/${file}`);
  expect(asset.status).toBe(200);
  expect(wrongWith(asset)).toEqual([]);
  expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  const malformed = await server.send("/app/%E0%A4%A");
  expect(malformed.status).toBe(400);
  expect([...wrongWith(malformed), ...wrongCache("", malformed)]).toEqual([]);
});

test("so is what leads on after a post", async () => {
  const body = new URLSearchParams({ csrf: await server.tokenOf("other tester") }).toString();
  const headers = { ...FORM, origin: ORIGIN, cookie: server.walk.cookies["other tester"] };
  const answer = await server.send("/logout", { body, headers });
  expect(answer.status).toBe(303);
  expect([...wrongWith(answer), ...wrongCache("", answer)]).toEqual([]);
  expect(String(answer.headers["set-cookie"])).toMatch(/Max-Age=0|Expires=Thu, 01 Jan 1970/);
  for (const flag of ["HttpOnly", "Secure", "SameSite=Lax"])
    expect(String(answer.headers["set-cookie"])).toContain(flag);
});

test("an answer's id is its own, and not what the client sent", async () => {
  const sent = "11111111-1111-1111-1111-111111111111";
  const { headers } = await server.send("/login", { headers: { "x-request-id": sent } });
  expect(headers["x-request-id"]).not.toBe(sent);
});
