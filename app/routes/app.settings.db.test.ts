import { beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { SettingsAnswer } from "~/http/settings-answer";
import { answerOf, visit } from "~/http/visit.fixture";
import { buildTester } from "../../prisma/builders";
import { action, loader } from "./app.settings";
import { type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

let aibek: Person;
let dana: Person;

beforeEach(async () => {
  [aibek, dana] = [await signedIn(buildTester, "Aibek"), await signedIn(buildTester, "Dana")];
});

const post = (form: Record<string, string>, session = aibek.session) =>
  answerOf(action(visit("/app/settings", { session, form: { intent: "payee", ...form } })));

const stored = (userId: number) =>
  db().user.findUniqueOrThrow({
    where: { id: userId },
    select: { payeeName: true, kaspiPhone: true, iban: true, role: true, name: true },
  });

const NOTHING = { payeeName: null, kaspiPhone: null, iban: null, role: "tester" };

test("details are stored as one form of writing, whatever was typed", async () => {
  const answer = await post({
    kaspiPhone: "8 (701) 555-01-00",
    iban: "kz86 125k zt50 0410 0100",
    payeeName: " Айбек Т. ",
  });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/app/settings"]);
  expect(await stored(aibek.id)).toMatchObject({
    ...{ kaspiPhone: "+77015550100", iban: "KZ86125KZT5004100100", payeeName: "Айбек Т." },
  });
});

test("single keys are turned off and on again, for oneself", async () => {
  const hotkeys = async ({ id }: { id: number }) =>
    (await db().user.findUniqueOrThrow({ where: { id } })).hotkeys;
  expect((await post({ intent: "keysOff", userId: String(dana.id) })).status).toBe(303);
  expect([await hotkeys(aibek), await hotkeys(dana)]).toEqual([false, true]);
  expect((await post({ intent: "keysOn" })).status).toBe(303);
  expect(await hotkeys(aibek)).toBe(true);
});

describe("what is no account is 422, keeps everything typed, and changes nothing:", () => {
  test.each([
    ["kaspiPhone", "8 701 555", "mobile number"],
    ["kaspiPhone", "+380 50 123 45 67", "mobile number"],
    ["iban", "KZ86 125K", "20 characters"],
    ["iban", "DE89 3704 0044 0532 0130 00", "20 characters"],
    ["iban", "KZ87 125K ZT50 0410 0100", "check digits"],
    ["payeeName", "x".repeat(101), "at most 100 characters"],
    ["payeeName", "Aibek\u0007", "cannot be seen"],
  ])("%s %j", async (field, typed, message) => {
    const good = { kaspiPhone: "8 701 555 01 00", iban: "", payeeName: "Aibek" };
    const answer = await post({ ...good, [field]: typed });
    expect(answer.status).toBe(422);
    const { errors, values } = (await answer.json()) as SettingsAnswer;
    expect(errors[field]).toContain(message);
    expect(Object.keys(errors)).toEqual([field]);
    expect(values).toEqual({ ...good, [field]: typed });
    expect(await stored(aibek.id)).toMatchObject(NOTHING);
    expect(await db().payeeChange.count({ where: { userId: aibek.id } })).toBe(0);
  });
});

test("a second window's form of before is 409 with what it typed, and saves when sent again", async () => {
  await post({ kaspiPhone: "8 701 555 01 00", shownAt: "" });
  const late = await post({ iban: "KZ86 125K ZT50 0410 0100", shownAt: "" });
  expect(late.status).toBe(409);
  expect(await late.json()).toMatchObject({
    errors: { form: expect.stringContaining("Nothing was overwritten") as string },
    values: { iban: "KZ86 125K ZT50 0410 0100" },
  });
  const page = (await (
    await answerOf(loader(visit("/app/settings", { session: aibek.session })))
  ).json()) as {
    payee: { changedAt: string };
  };
  const shownAt = String(Date.parse(page.payee.changedAt));
  const again = await post({ iban: "KZ86 125K ZT50 0410 0100", shownAt });
  expect(again.status).toBe(303);
  expect(await stored(aibek.id)).toMatchObject({ kaspiPhone: null, iban: "KZ86125KZT5004100100" });
});

test("it is one's own: another's number, a role or a name in the form are ignored", async () => {
  const answer = await post({
    ...{ kaspiPhone: "8 701 555 01 00", userId: String(dana.id), user_id: String(dana.id) },
    ...{ id: String(dana.id), testerId: String(dana.id), role: "admin", name: "Admin" },
    ...{ payeeChangedAt: "2000-01-01" },
  });
  expect(answer.status).toBe(303);
  expect(await stored(dana.id)).toMatchObject({ ...NOTHING, name: "Dana" });
  expect(await stored(aibek.id)).toMatchObject({
    ...{ role: "tester", name: "Aibek", kaspiPhone: "+77015550100" },
  });
  const query = `/app/settings?userId=${aibek.id}`;
  const page = await answerOf(loader(visit(query, { session: dana.session })));
  expect(await page.json()).toMatchObject({ payee: { kaspiPhone: null }, payeeChanges: [] });
});

test("the anonymous are asked to sign in; a post keeps what was typed", async () => {
  expect((await answerOf(loader(visit("/app/settings")))).status).toBe(302);
  const answer = await post({ kaspiPhone: "8 701 555 01 00" }, "nobody");
  expect(answer.status).toBe(401);
  expect(JSON.stringify(await answer.json())).toContain("8 701 555 01 00");
});

test.each(["", "password2", "constructor", "__proto__"])("the intent %j is 400", async (intent) => {
  expect((await post({ intent })).status).toBe(400);
});
