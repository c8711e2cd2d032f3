import { afterAll, beforeAll, expect, test } from "vitest";
import { bringDatabaseUpToDate } from "~/database/up-to-date.server";
import { connect } from "../../prisma/rules-refusal";
import { FORM } from "./test-server.fixture";
import { NAVIGATION, startWalkServer, type WalkServer } from "./walk-server.fixture";

// The built app as a role that owns nothing (app/database/app-role.server.ts): it starts, and no page misses a right.

let server: WalkServer;

beforeAll(async () => {
  server = await startWalkServer({}, async ({ url, superuserUrl }) => {
    const superuser = await connect(superuserUrl);
    await superuser
      .query("CREATE ROLE tiyn_app LOGIN PASSWORD 'app'")
      .finally(() => superuser.end());
    const asApp = Object.assign(new URL(url), { username: "tiyn_app", password: "app" }).href;
    await bringDatabaseUpToDate({ url: asApp, ownerUrl: url }, () => {});
    return asApp;
  });
});
afterAll(() => server.stop());

test("every page opens, as everybody", async () => {
  const broken: string[] = [];
  let opened = 0;
  for (const who of ["anonymous", "tester", "admin", "admin viewing as"] as const)
    for (const pattern of server.patterns) {
      const headers = { ...NAVIGATION, cookie: server.walk.cookies[who] };
      const { status } = await server.send(server.walk.addressOf(pattern), { headers });
      if (status >= 500) broken.push(`${who} ${pattern}: ${status}`);
      if (status === 200) opened++;
    }
  expect(broken).toEqual([]);
  expect(opened).toBeGreaterThan(server.patterns.length);
});

test("wrong passwords are counted, payee details saved and a session ended", async () => {
  const post = async (path: string, cookie: string, fields: Readonly<Record<string, string>>) => {
    const headers = { ...FORM, cookie, origin: server.app.origin };
    return (await server.send(path, { headers, body: new URLSearchParams(fields).toString() }))
      .status;
  };
  const { cookies } = server.walk;
  const csrf = await server.tokenOf("tester");
  const payee = { payeeName: "Aibek", kaspiPhone: "+7 701 234 56 78", iban: "" };
  expect(await post("/login", "", { email: "nobody@example.com", password: "not this one" })).toBe(
    401,
  );
  expect(await post("/app/settings", cookies.tester, { csrf, intent: "payee", ...payee })).toBe(
    303,
  );
  expect(await post("/logout", cookies.tester, { csrf })).toBe(303);
});
