import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { buildCycle, buildTester } from "../../prisma/builders";
import * as fresh from "./app.issues.new";
import { type Answer, file, goodForm, hadEffect } from "./issue-pages.fixture";
import { NOBODY, type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

let aibek: Person;
let dana: Person;
let cycle: { id: number };

beforeAll(async () => {
  aibek = await signedIn(buildTester, "Aibek");
  dana = await signedIn(buildTester, "Dana");
  cycle = await buildCycle({ testers: [aibek] });
});

const good = () => goodForm(cycle);

describe("filing an issue", () => {
  test("leads to its page; fields that the form does not have are nothing", async () => {
    const more = {
      role: "admin",
      payoutStatus: "paid",
      testerId: String(dana.id),
      status: "fixed",
    };
    const answer = await file(aibek, { ...good(), ...more });
    expect(answer.status).toBe(303);
    const [, id] = /^\/app\/issues\/(\d+)$/.exec(answer.headers.get("location") ?? "") ?? [];
    expect(answer.headers.get("set-cookie")).toContain("tiyn_flash=");
    expect(await db().issue.findUnique({ where: { id: Number(id) } })).toMatchObject({
      testerId: aibek.id,
      status: "open",
      payoutStatus: "pending",
      approvedAmount: null,
    });
  });

  test("says every mistake and keeps every value: 422, no effect", async () => {
    const typed = { ...good(), severity: "", title: "t".repeat(300), body: "kept\r\ntext" };
    let answer: Response | undefined;
    expect(await hadEffect(async () => (answer = await file(aibek, typed)))).toBe(false);
    expect(answer?.status).toBe(422);
    expect((await answer?.json()) as Answer).toMatchObject({
      errors: { severity: "Choose how severe it is", title: "Use at most 255 characters" },
      values: { title: typed.title, body: typed.body, cycleId: typed.cycleId },
    });
  });

  test("in somebody else's cycle and in one that does not exist looks the same", async () => {
    const other = await buildCycle({ testers: [dana] });
    const answers = [String(other.id), "2000000000"].map(async (cycleId) => {
      const form = { ...good(), cycleId };
      const answer = await file(aibek, form);
      const { errors, values } = (await answer.json()) as Answer;
      expect(values.title).toBe(form.title);
      return { status: answer.status, errors };
    });
    const [others, unknown] = await Promise.all(answers);
    expect(others).toEqual(unknown);
    expect(others).toEqual({ status: 422, errors: { cycleId: "Choose one of your cycles" } });
  });

  test("another text under the key that has filed is asked about: 409", async () => {
    const form = good();
    await file(aibek, form);
    const answer = await file(aibek, { ...form, title: "Another bug" });
    expect(answer.status).toBe(409);
    const { errors, values } = (await answer.json()) as Answer;
    expect(errors.form).toMatch(/^This form has already filed issue #\d+, with another text/);
    expect(values.title).toBe("Another bug");
  });

  test("an intent that no button has is 400, a form after the session 401 with what was typed", async () => {
    expect((await file(aibek, { ...good(), intent: "approve" })).status).toBe(400);
    const late = { ...good(), title: "Payment fails" };
    const answer = await file(NOBODY, late);
    expect(answer.status).toBe(401);
    expect(JSON.stringify(await answer.json())).toContain("Payment fails");
  });

  test("the page may be kept by Back, and preselects the cycle it is asked for", async () => {
    expect(fresh.headers()).toEqual({ "Cache-Control": "private, no-cache" });
    const second = await buildCycle({ testers: [aibek] });
    const loaded = async (query: string) => {
      const answer = await answerOf(
        fresh.loader(visit(`/app/issues/new${query}`, { session: aibek.session })),
      );
      return (await answer.json()) as { cycleId: string; cycles: unknown[]; key: string };
    };
    expect(await loaded(`?cycle=${second.id}`)).toMatchObject({ cycleId: String(second.id) });
    expect(await loaded("?cycle=999999")).toMatchObject({ cycleId: "" });
    expect((await loaded("")).key).not.toBe((await loaded("")).key);
    await db().testCycle.update({ where: { id: second.id }, data: { status: "closed" } });
    expect(await loaded("")).toMatchObject({ cycleId: String(cycle.id) });
  });
});
