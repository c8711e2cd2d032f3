/** Answers of a provider that somebody forged, sent twice, or that never came (ABUSE, Sign-in). */
import { describe, expect, test } from "vitest";
import { useTestDatabase } from "~/database/test-database";
import { signInAtProvider } from "~/http/oidc-browser.fixture";
import {
  arrive,
  everything,
  person,
  problemOf,
  sessionOf,
  signInAs,
  toProvider,
  useProvider,
} from "./oidc-journey.fixture";

useTestDatabase();
const provider = useProvider();

describe("an answer that proves nothing opens no session: 400", () => {
  async function refused(answer: Promise<Response> | Response, problem = "invalid") {
    expect(await problemOf(await answer)).toEqual([400, problem]);
  }
  const minutes = (count: number) => Math.floor(Date.now() / 1_000) + count * 60;

  test.each([
    ["unsigned", { signature: "none" }],
    ["signed with the client's secret", { signature: "HS256" }],
    ["signed with a key of somebody's", { signature: "another key" }],
    ["changed after it was signed", { signature: "broken" }],
    ["for another client", { claims: (c: object) => ({ ...c, aud: "another" }) }],
    ["of another issuer", { claims: (c: object) => ({ ...c, iss: "https://evil.example" }) }],
    ["of another sign-in", { claims: (c: object) => ({ ...c, nonce: "another" }) }],
    ["without a nonce", { claims: (c: object) => ({ ...c, nonce: undefined }) }],
    ["expired", { claims: (c: object) => ({ ...c, exp: minutes(-5) }) }],
    ["without a subject", { claims: (c: object) => ({ ...c, sub: undefined }) }],
  ] as const)("a token %s", async (_, tampering) => {
    const dana = await person();
    const back = await toProvider(dana.name);
    const before = await everything();
    provider().tamper(tampering);
    await refused(arrive(back));
    expect(await everything()).toEqual(before);
    provider().tamper(null);
    expect((await sessionOf(await signInAs(dana.name)))?.id).toBe(dana.id);
  });

  test("a callback that this browser did not ask for, or not with this state", async () => {
    const [one, other] = [await toProvider((await person()).name), await toProvider("nobody")];
    const before = await everything();
    await refused(arrive({ ...one, cookie: "" }));
    await refused(arrive({ ...one, cookie: other.cookie }));
    const without = new URLSearchParams(one.search);
    without.delete("state");
    await refused(arrive({ ...one, search: `?${without}` }));
    await refused(arrive({ ...one, search: "" }));
    const code = new URLSearchParams(one.search);
    code.set("code", "made up");
    await refused(arrive({ ...one, search: `?${code}` }));
    code.append("code", "another");
    await refused(arrive({ ...one, search: `?${code}` }));
    expect(await everything()).toEqual(before);
  });

  test("the same callback once more, with the same cookie", async () => {
    const dana = await person();
    const back = await toProvider(dana.name);
    expect((await sessionOf(await arrive(back)))?.id).toBe(dana.id);
    const before = await everything();
    await refused(arrive(back));
    expect(await everything()).toEqual(before);
  });

  test("another code for a state that was used", async () => {
    const dana = await person();
    const back = await toProvider(dana.name);
    await arrive(back);
    const again = await signInAtProvider(back.to.href, dana.name);
    await refused(arrive({ ...back, search: again.search }));
  });

  test("error=access_denied, from whoever pressed Cancel", async () => {
    await refused(arrive(await toProvider((await person()).name, { cancel: true })), "refused");
  });
});

test("a provider that does not answer is said to be away: 503", async () => {
  const back = await toProvider((await person()).name);
  await provider().close();
  const answer = await arrive(back);
  expect(answer.headers.get("retry-after")).toBe("30");
  expect(await problemOf(answer)).toEqual([503, "away"]);
});
