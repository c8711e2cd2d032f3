/** Who has a password confirms with it once that the identity is theirs (DESIGN 7). */
import { describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import * as confirm from "./auth.oidc.confirm";
import {
  arrive,
  cookiesOf,
  everything,
  links,
  PASSWORD,
  person,
  type Person,
  problemOf,
  sessionOf,
  signInAs,
  toProvider,
  useProvider,
} from "./oidc-journey.fixture";

useTestDatabase();
useProvider();

describe("a user who has a password", () => {
  async function atConfirm(): Promise<Person & { cookie: string; name: string }> {
    const aibek = await person({ password: true });
    const back = await toProvider(aibek.name, { next: "/app/issues" });
    const answer = await arrive(back);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("/auth/oidc/confirm");
    expect(await sessionOf(answer)).toBeNull();
    expect(await links(aibek)).toBe(0);
    const cookie = cookiesOf(answer).find((pair) => pair.startsWith("tiyn_oidc_link=")) ?? "";
    return { ...aibek, cookie };
  }
  const send = (cookie: string, password: string, address?: string) =>
    answerOf(
      confirm.action(
        visit("/auth/oidc/confirm", { headers: { Cookie: cookie }, form: { password }, address }),
      ),
    );

  test("confirms with it once, and never again", async () => {
    const aibek = await atConfirm();
    const page = await answerOf(
      confirm.loader(visit("/auth/oidc/confirm", { headers: { Cookie: aibek.cookie } })),
    );
    expect(await page.json()).toMatchObject({ email: aibek.email, problem: null });
    const answer = await send(aibek.cookie, PASSWORD);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/app/issues");
    expect((await sessionOf(answer))?.id).toBe(aibek.id);
    expect(await db().identity.findUnique({ where: { userId: aibek.id } })).toMatchObject({
      how: "password",
    });
    expect((await sessionOf(await signInAs(aibek.name)))?.id).toBe(aibek.id);
  });

  test("is asked again after a wrong one, and to wait after five: 401, 429", async () => {
    const { cookie, ...aibek } = await atConfirm();
    const address = "192.0.2.40";
    for (let tries = 0; tries < 5; tries++)
      expect((await send(cookie, "wrong", address)).status).toBe(401);
    const answer = await send(cookie, PASSWORD, address);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(14 * 60);
    expect(await links(aibek)).toBe(0);
    expect((await send(cookie, PASSWORD, "192.0.2.41")).status).toBe(303);
  });

  test("fills the password in: 422, and a megabyte of it is no try", async () => {
    const { cookie } = await atConfirm();
    expect((await send(cookie, "")).status).toBe(422);
    const before = await db().signInAttempt.count();
    expect((await send(cookie, "a".repeat(1_000_000))).status).toBe(422);
    expect(await db().signInAttempt.count()).toBe(before);
  });

  test("cannot be named by a cookie that somebody made: 400", async () => {
    for (const cookie of ["", "tiyn_oidc_link=e30"]) {
      const before = await everything();
      expect(await problemOf(await send(cookie, PASSWORD))).toEqual([400, "invalid"]);
      expect(await everything()).toEqual(before);
    }
    const page = await answerOf(confirm.loader(visit("/auth/oidc/confirm")));
    expect(page.status).toBe(400);
  });

  test("who was linked or deactivated meanwhile is refused", async () => {
    const [linked, gone] = [await atConfirm(), await atConfirm()];
    const data = { userId: linked.id, issuer: "https://id.example.com", subject: linked.name };
    await db().identity.create({ data: { ...data, how: "password" } });
    expect(await problemOf(await send(linked.cookie, PASSWORD))).toEqual([403, "other_identity"]);
    await db().user.update({ where: { id: gone.id }, data: { deactivatedAt: new Date() } });
    expect((await send(gone.cookie, PASSWORD)).status).toBe(401);
    expect(await links(gone)).toBe(0);
  });
});
