import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readSettings, SettingsError } from "./settings.server";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tiyn-settings-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const secret = "a secret of more than thirty-two characters";

function problemsOf(env: Record<string, string>): string[] {
  try {
    readSettings({ SESSION_SECRET: secret, ...env }, root);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

test("nothing needs to be set on a machine of one's own", () => {
  expect(readSettings({}, root)).toMatchObject({
    isProduction: false,
    PORT: 3000,
    HOST: "127.0.0.1",
    PUBLIC_ORIGIN: "http://localhost:3000",
    TRUST_PROXY: false,
    DATABASE_URL: null,
    DATA_DIR: join(root, ".data"),
    dataDirIsExplicit: false,
    TEAM_TIME_ZONE: "Asia/Almaty",
  });
});

test("the public origin follows the port and loses its slash", () => {
  expect(readSettings({ PORT: "8080" }, root).PUBLIC_ORIGIN).toBe("http://localhost:8080");
  const named = { PUBLIC_ORIGIN: "https://tiyn.example.com/", SESSION_SECRET: secret };
  expect(readSettings(named, root).PUBLIC_ORIGIN).toBe("https://tiyn.example.com");
});

test("an empty value in .env means not set", () => {
  expect(readSettings({ PORT: "", DATABASE_URL: " ", DATA_DIR: "" }, root)).toMatchObject({
    PORT: 3000,
    DATABASE_URL: null,
    dataDirIsExplicit: false,
  });
});

test("proxies are a number or false", () => {
  expect(readSettings({ TRUST_PROXY: "2" }, root).TRUST_PROXY).toBe(2);
  expect(readSettings({ TRUST_PROXY: "false" }, root).TRUST_PROXY).toBe(false);
  expect(readSettings({ TRUST_PROXY: "0" }, root).TRUST_PROXY).toBe(false);
});

test("processes are as many as were asked for, else what the machine has room for", () => {
  expect(readSettings({ WEB_CONCURRENCY: "3" }, root).WEB_CONCURRENCY).toBe(3);
  const usual = readSettings({}, root).WEB_CONCURRENCY;
  expect(usual).toBeGreaterThanOrEqual(1);
  expect(usual).toBeLessThanOrEqual(4);
});

test.each([
  ["WEB_CONCURRENCY", "many"],
  ["WEB_CONCURRENCY", "0"],
  ["WEB_CONCURRENCY", "1.5"],
  ["WEB_CONCURRENCY", "17"],
  ["PORT", "http"],
  ["PORT", "70000"],
  ["PORT", "80.5"],
  ["PUBLIC_ORIGIN", "tiyn.example.com"],
  ["PUBLIC_ORIGIN", "https://tiyn.example.com/app"],
  ["PUBLIC_ORIGIN", "http://tiyn.example.com"],
  ["TRUST_PROXY", "true"],
  ["DATABASE_URL", "mysql://root@localhost/tiyn"],
  ["SESSION_SECRET", "short"],
  ["TEAM_TIME_ZONE", "Asia/Almata"],
  ["OIDC_ISSUER", "accounts.google.com"],
  ["OIDC_ISSUER", "https://id.example.com/?realm=tiyn"],
  ["OIDC_NAME", "a name that is much too long for a button on a phone"],
])("%s=%s is refused by name", (name, value) => {
  const problems = problemsOf({ [name]: value });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(new RegExp(`^${name}: must `));
});

test("every problem is told at once", () => {
  expect(problemsOf({ PORT: "x", TEAM_TIME_ZONE: "y" })).toHaveLength(2);
});

describe("a provider to sign in with", () => {
  const provider = {
    OIDC_ISSUER: "https://id.example.com/realms/tiyn",
    OIDC_CLIENT_ID: "tiyn",
    OIDC_CLIENT_SECRET: "a client secret",
  };

  test("is none until it is set up, and has a name", () => {
    expect(readSettings({}, root).OIDC).toBeNull();
    expect(readSettings({ OIDC_NAME: "Keycloak" }, root).OIDC).toBeNull();
    const { OIDC } = readSettings({ ...provider, OIDC_NAME: "Keycloak" }, root);
    expect(OIDC).toMatchObject({ clientId: "tiyn", name: "Keycloak" });
    expect(OIDC?.issuer.href).toBe(provider.OIDC_ISSUER);
    expect(readSettings(provider, root).OIDC?.name).toBe("OpenID Connect");
  });

  test.each(Object.keys(provider))("is refused without %s", (name) => {
    const problems = problemsOf({ ...provider, [name]: "" });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: must be set too`));
  });

  test("is reached over https, unless all of it is on one machine", () => {
    const local = { ...provider, OIDC_ISSUER: "http://localhost:9000" };
    expect(problemsOf(local)).toEqual([]);
    const [problem] = problemsOf({ ...local, PUBLIC_ORIGIN: "https://tiyn.example.com" });
    expect(problem).toMatch(/^OIDC_ISSUER: must begin with https/);
    expect(problemsOf({ ...provider, OIDC_ISSUER: "http://id.example.com" })).toHaveLength(1);
  });
});

describe("the session secret", () => {
  test("is made once and kept for its owner's eyes", () => {
    const first = readSettings({}, root).SESSION_SECRET;
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(readSettings({}, root).SESSION_SECRET).toBe(first);
    const file = join(root, ".data", "session-secret");
    expect(readFileSync(file, "utf8")).toBe(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.each([
    ["others can reach the app", { PUBLIC_ORIGIN: "https://tiyn.example.com" }],
    [
      "a production app has a database of its own",
      { NODE_ENV: "production", DATABASE_URL: "postgresql://u:p@db/tiyn" },
    ],
  ])("must be set where %s", (_, env) => {
    expect(() => readSettings(env, root)).toThrow(/SESSION_SECRET: must be set/);
    expect(() => readSettings({ ...env, SESSION_SECRET: secret }, root)).not.toThrow();
  });
});
