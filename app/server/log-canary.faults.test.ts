import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Who } from "./route-walk.fixture";
import { FORM, JSON_BODY } from "./test-server.fixture";
import { NAVIGATION, startWalkServer, type WalkServer } from "./walk-server.fixture";

// A canary in everything a client can send to every route, as everybody, with the database in order and out of order:
// what the app then wrote holds none, and none of the cookies and tokens either.

const PEOPLE = ["anonymous", "tester", "admin", "admin viewing as"] as const;
const CANARY = "canary7Q";

let server: WalkServer;
let output = "";

beforeAll(async () => {
  server = await startWalkServer({
    ...{ LOG_LEVEL: "trace", PUBLIC_ORIGIN: "https://tiyn.example" },
    // Nobody is there, which is told to the log as often as it is tried.
    ...{ ANTHROPIC_API_KEY: `sk-${CANARY}`, ANTHROPIC_BASE_URL: "http://127.0.0.1:1" },
  });
  server.app.onOutput = (text) => (output += text);
});
afterAll(() => server.stop());

const HEADERS = {
  ...{ "user-agent": CANARY, referer: `https://tiyn.example/${CANARY}`, "x-request-id": CANARY },
  ...{ "x-forwarded-for": CANARY, authorization: `Bearer ${CANARY}`, "accept-language": CANARY },
};

/** Every name that a form of any page has, and those of the tokens that come in addresses. */
async function fieldNames(): Promise<string[]> {
  const names = new Set(["code", "state", "token", "next", "q", "text", "email", "password"]);
  for (const who of ["tester", "admin", "anonymous"] as const)
    for (const pattern of server.patterns) {
      const headers = { ...NAVIGATION, cookie: server.walk.cookies[who] };
      const { text } = await server.send(server.walk.addressOf(pattern), { headers });
      for (const [, name = ""] of text.matchAll(
        /<(?:input|select|textarea|button)\b[^>]* name="([^"]+)"/g,
      ))
        names.add(name);
    }
  names.delete("csrf");
  return [...names];
}

/** Values that get past one check after another, and the canary in each. */
function filled(names: readonly string[], csrf: string): string {
  const fields = new URLSearchParams({ csrf });
  for (const name of names) fields.append(name, /intent/.test(name) ? "save" : `${CANARY} ${name}`);
  return fields.toString();
}

async function sendAll(who: Who, names: readonly string[]): Promise<void> {
  const csrf = await server.tokenOf(who);
  const cookie = `${server.walk.cookies[who]}; other=${CANARY}`;
  const posting = { ...HEADERS, cookie, origin: "https://tiyn.example" };
  for (const pattern of server.patterns.filter((one) => one !== "/logout")) {
    const own = server.walk.addressOf(pattern);
    const query = `?${filled(names, "none")}`;
    await server.send(own + query, { headers: { ...NAVIGATION, ...HEADERS, cookie } });
    await server.send(`${own}.data${query}`, { headers: { ...HEADERS, cookie } });
    await server.send(own, { body: filled(names, csrf), headers: { ...posting, ...FORM } });
    const strange = pattern.replace(/:\w+|\*/g, CANARY);
    await server.send(strange + query, { headers: { ...NAVIGATION, ...HEADERS, cookie } });
    const json = JSON.stringify(Object.fromEntries(names.map((name) => [name, CANARY])));
    await server.send(own, { body: json, headers: { ...posting, ...JSON_BODY } });
    await server.send(own, { body: `{"${CANARY}`, headers: { ...posting, ...JSON_BODY } });
  }
}

/** What stands in the log and should not. */
function leaks(): string[] {
  const secrets = [
    CANARY,
    ...Object.values(server.walk.cookies).map((cookie) => cookie.split("=")[1]),
  ];
  return output
    .split("\n")
    .filter((line) => secrets.some((secret) => secret && line.includes(secret)));
}

const lines = (of: string) => output.split("\n").filter((line) => line.includes(`"msg":"${of}"`));

async function asSuperuser(sql: string): Promise<void> {
  const client = new pg.Client(server.database.superuserUrl);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

test("a working app logs a line for each request, and nothing that was sent", async () => {
  const names = await fieldNames();
  expect(names.length).toBeGreaterThan(40);
  for (const who of PEOPLE) await sendAll(who, names);
  expect(lines("request").length).toBeGreaterThan(server.patterns.length * PEOPLE.length * 5);
  expect(leaks()).toEqual([]);
});

/** What is right, and saved: a tester's payee details and a report full of canaries. */
async function sendWhatIsRight(title: string): Promise<number[]> {
  const csrf = await server.tokenOf("tester");
  const headers = {
    ...{ ...FORM, ...HEADERS, cookie: server.walk.cookies.tester },
    origin: "https://tiyn.example",
  };
  const post = async (path: string, fields: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ csrf, ...fields }).toString();
    return (await server.send(path, { body, headers })).status;
  };
  const payee = { payeeName: `${CANARY} ${title}`, kaspiPhone: "+7 701 234 56 78", iban: "" };
  const report = { title, body: CANARY, severity: "low", key: randomUUID() };
  return [
    await post("/app/settings", { intent: "payee", ...payee }),
    await post("/app/issues/new", { intent: "file", ...report, cycleId: "1" }),
  ];
}

test("what is really saved is not in it either", async () => {
  expect(await sendWhatIsRight(`${CANARY} cannot pay`)).toEqual([303, 303]);
  expect(output).not.toMatch(/701 ?234 ?56/);
  expect(leaks()).toEqual([]);
});

test("failures are logged with where they happened, and without the row that the database quotes", async () => {
  output = "";
  await asSuperuser(
    `CREATE FUNCTION quote_row() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'refused: %', NEW::text USING ERRCODE = 'XX001', DETAIL = NEW::text; END $$;
     CREATE TRIGGER quotes BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION quote_row();
     CREATE TRIGGER quotes BEFORE INSERT ON issues FOR EACH ROW EXECUTE FUNCTION quote_row();
     CREATE TRIGGER quotes BEFORE INSERT ON payee_changes FOR EACH ROW EXECUTE FUNCTION quote_row()`,
  );
  expect(await sendWhatIsRight("Screen stays black")).toContain(500);
  // An answer may be here before the pipe has brought its line, here and below.
  await expect.poll(() => lines("unexpected failure").length).toBeGreaterThan(0);
  expect(leaks()).toEqual([]);
  expect(output).not.toMatch(/701 ?234 ?56/);
  await asSuperuser("ALTER TABLE issues RENAME TO issues_gone");
  const names = await fieldNames();
  for (const who of ["anonymous", "admin"] as const) await sendAll(who, names);
  await expect.poll(() => lines("unexpected failure").length).toBeGreaterThan(20);
  const failures = lines("unexpected failure");
  expect(failures.filter((line) => !line.includes('"stack":["at '))).toEqual([]);
  expect(leaks()).toEqual([]);
});

test("an error page names the request that the log knows", async () => {
  const headers = { ...NAVIGATION, cookie: server.walk.cookies.admin };
  const { status, text, headers: told } = await server.send("/app/issues", { headers });
  const id = String(told["x-request-id"]);
  expect(status).toBe(500);
  expect(text).toContain(id);
  await expect.poll(() => lines("unexpected failure").join("\n")).toContain(id);
});
