import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { RatesChange } from "~/domain/rates-change";
import { answerOf, visit } from "~/http/visit.fixture";
import { cyclePayouts } from "~/models/cycle-payouts.server";
import { changeCycleStatus, cycleOf, ratesText } from "~/models/cycle.server";
import { approveIssue } from "~/models/decision.server";
import { fileIssue } from "~/models/issue-filing.server";
import { issueList } from "~/models/issue-list.server";
import { signIn } from "~/models/sign-in.server";
import { NO_FILTER } from "~/filters/issue-filter";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildTester,
} from "../../prisma/builders";
import * as one from "./app.admin.test-cycles.$id._index";
import * as rates from "./app.admin.test-cycles.$id.settings";
import * as list from "./app.admin.test-cycles._index";
import * as fresh from "./app.admin.test-cycles.new";

useTestDatabase();

type Person = { id: number; session: string; email: string };
type Form = Record<string, string>;
type Answer = {
  errors: Form;
  values: Form;
  review?: { change: RatesChange };
};
let aibek: Person;
let nazira: Person;
let cycle: { id: number };

async function person(build: typeof buildTester, name: string): Promise<Person> {
  const email = `${name.toLowerCase()}@example.com`;
  const { id } = await build({ name, email });
  const by = { userId: id, address: "192.0.2.1", userAgent: null, replaces: null };
  return { id, email, session: (await signIn(by)).secret };
}

beforeAll(async () => {
  aibek = await person(buildTester, "Aibek");
  nazira = await person(buildAdmin, "Nazira");
});

beforeEach(async () => {
  cycle = await buildCycle({ testers: [aibek] });
});

const shown = async () => ratesText((await cycleOf(cycle.id))?.payoutRates ?? {});
const visitOf = (who: Person, form?: Form) =>
  visit(`/app/admin/test-cycles/${cycle.id}`, {
    session: who.session,
    params: { id: String(cycle.id) },
    ...(form ? { form } : {}),
  });
const post = (form: Form, who = nazira) => answerOf(rates.action(visitOf(who, form)));
const postTesters = (form: Form, who = nazira) => answerOf(one.action(visitOf(who, form)));
const EMPTY = { critical: "", high: "", medium: "", low: "", currency: "KZT" };
const save = async (form: Form) =>
  post({ ...EMPTY, shown: await shown(), intent: "saveRates", ...form });

async function row(id: number) {
  const query = { filter: { ...NO_FILTER, q: `#${id}` }, order: "newest" } as const;
  const reader = { id: nazira.id, role: "admin", zone: BUILDER_ZONE } as const;
  const found = (await issueList({ ...query, reader }, null)).issues.find((i) => i.id === id);
  return { approved: found?.approved, suggested: found?.suggested };
}

const act = () => ({ actorId: nazira.id, at: new Date() });

describe("payout rates", () => {
  test("override, default, and a change that moves suggestions and no approved amount", async () => {
    const pending = await buildIssue({ tester: aibek, cycle, severity: "high" });
    const low = await buildIssue({ tester: aibek, cycle, severity: "low" });
    const approved = await buildIssue({ tester: aibek, cycle, severity: "high" });
    await approveIssue({ issueId: approved.id }, act());

    const review = await post({
      ...EMPTY,
      high: "12000,50",
      shown: await shown(),
      intent: "reviewRates",
    });
    expect(review.status).toBe(200);
    expect(((await review.json()) as Answer).review?.change).toEqual({
      pending: 2,
      before: { total: [{ currency: "KZT", amount: 900_000 }], unrated: 0 },
      after: { total: [{ currency: "KZT", amount: 1_300_050 }], unrated: 0 },
    });
    expect((await row(pending.id)).suggested?.amount).toBe(800_000);

    expect((await save({ high: "12000,50" })).status).toBe(303);
    expect(await row(pending.id)).toMatchObject({ suggested: { amount: 1_200_050 } });
    expect(await row(low.id)).toMatchObject({ suggested: { currency: "KZT", amount: 100_000 } });
    expect(await row(approved.id)).toMatchObject({ approved: { amount: 800_000 } });

    expect((await save({})).status).toBe(303);
    expect((await row(pending.id)).suggested?.amount).toBe(800_000);
    const acts = await db().auditEntry.findMany({ where: { kind: "cycle_rates_changed" } });
    expect(acts.map(({ actorId }) => actorId)).toEqual([nazira.id, nazira.id]);
    expect(acts[0]?.detail).toMatchObject({ cycle: cycle.id, from: {}, to: { high: 1_200_050 } });
  });

  test("dollars ask for all four, and move what is pending only", async () => {
    const pending = await buildIssue({ tester: aibek, cycle, severity: "medium" });
    const approved = await buildIssue({ tester: aibek, cycle, severity: "medium" });
    await approveIssue({ issueId: approved.id }, act());
    const dollars = { critical: "60", high: "25", medium: "10", currency: "USD" };
    const missing = await save(dollars);
    expect(missing.status).toBe(422);
    expect((await missing.json()) as Answer).toMatchObject({
      errors: { low: "In this currency there is no default: write an amount" },
      values: dollars,
    });
    expect((await save({ ...dollars, low: "4" })).status).toBe(303);
    expect(await row(pending.id)).toMatchObject({ suggested: { currency: "USD", amount: 1_000 } });
    expect(await row(approved.id)).toMatchObject({
      approved: { currency: "KZT", amount: 300_000 },
    });
  });

  test.each([
    "0",
    "-1",
    "1.005",
    "NaN",
    "1e9",
    "1,000",
    "１００",
    "15 000",
    "10000000.01",
    "9".repeat(30),
  ])("%j is refused beside its field, and kept: no effect", async (typed) => {
    for (const intent of ["reviewRates", "saveRates"]) {
      const answer = await save({ intent, high: typed, low: "900" });
      expect(answer.status).toBe(422);
      const { errors, values } = (await answer.json()) as Answer;
      expect(Object.keys(errors)).toEqual(["high"]);
      expect(values).toMatchObject({ high: typed, low: "900" });
    }
    expect((await cycleOf(cycle.id))?.payoutRates).toEqual({});
  });

  test("two admins at once: the second is told, nothing is overwritten", async () => {
    const before = await shown();
    const forms = ["11000", "12000"].map((high) => ({
      ...EMPTY,
      high,
      shown: before,
      intent: "saveRates",
    }));
    const answers = await Promise.all(forms.map((form) => post(form)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const late = await post({ ...EMPTY, high: "13000", shown: before, intent: "reviewRates" });
    expect(late.status).toBe(409);
    expect(((await late.json()) as Answer).values.high).toBe("13000");
  });

  test.each([
    ["another currency", { currency: "EUR" }],
    ["a rate of nothing", { high: 0 }],
    ["half a tiyn", { high: 10.5 }],
    ["a rate beyond the cap", { high: 1_000_000_001 }],
    ["an unknown severity", { urgent: 5 }],
  ])("the database itself refuses %s", async (_, payout_rates) => {
    const data = { metadata: { payout_rates } };
    await expect(db().testCycle.update({ where: { id: cycle.id }, data })).rejects.toThrow(
      /test_cycles_rates_valid/,
    );
  });
});

describe("a closed cycle", () => {
  const close = () =>
    changeCycleStatus({ id: cycle.id, status: "closed", shown: "open" }, nazira.id);

  test("takes no issue and no draft, whatever the code does; its money moves on", async () => {
    const { id } = await buildIssue({ tester: aibek, cycle, severity: "high" });
    const draft = await buildIssue({ tester: aibek, cycle, draft: true });
    await close();
    const insert = db().$executeRaw`
      INSERT INTO issues (cycle_id, tester_id, severity, title, status, filed_at)
      VALUES (${cycle.id}, ${aibek.id}, 'low', 'Late', 'open', now())`;
    await expect(insert).rejects.toThrow(/only an open cycle takes issues/);
    const submit = db().$executeRaw`
      UPDATE issues SET status = 'open', filed_at = now(), version = 2 WHERE id = ${draft.id}`;
    await expect(submit).rejects.toThrow(/only an open cycle takes issues/);
    await approveIssue({ issueId: id }, act());
    await buildPaidBatch({ admin: nazira, issueIds: [id] });
    expect((await cyclePayouts(cycle.id)).paid).toEqual({
      money: [{ currency: "KZT", amount: 800_000 }],
      issues: 1,
    });
  });

  test("or one that closes while somebody files: the issue is in, or refused", async () => {
    const text = { severity: "low", title: "A race", body: "", draft: false } as const;
    const filing = Array.from({ length: 10 }, (_, n) =>
      fileIssue(
        {
          ...text,
          cycleId: cycle.id,
          key: `00000000-0000-4000-8000-${cycle.id}${n}`.padEnd(36, "0"),
        },
        { actorId: aibek.id, at: new Date() },
      ),
    );
    const [closed, ...filed] = await Promise.allSettled([close(), ...filing]);
    expect(closed?.status).toBe("fulfilled");
    const inIt = filed.filter(({ status }) => status === "fulfilled").length;
    expect(await db().issue.count({ where: { cycleId: cycle.id } })).toBe(inIt);
  });

  test("is closed and opened by its form, which says what it showed", async () => {
    const form = { intent: "status", status: "archived", shown: "open" };
    expect((await post(form)).status).toBe(303);
    expect((await post(form)).status).toBe(409);
    expect((await post({ ...form, status: "gone", shown: "archived" })).status).toBe(422);
    expect((await cycleOf(cycle.id))?.status).toBe("archived");
  });
});

test("an approval in another currency than its cycle's is refused by the database", async () => {
  const { id } = await buildIssue({ tester: aibek, cycle });
  const approve = db().$executeRaw`
    UPDATE issues SET status = 'triaged', payout_status = 'approved', approved_amount = 1000, approved_currency = 'USD',
        approved_at = now(), approved_by = ${nazira.id}, version = 2 WHERE id = ${id}`;
  await expect(approve).rejects.toThrow(/another currency than its cycle/);
});

describe("a cycle's testers", () => {
  test("are added by address and removed; what they filed stays", async () => {
    const dana = await person(buildTester, `Dana${cycle.id}`);
    expect(
      (await postTesters({ intent: "addTester", email: dana.email.toUpperCase() })).status,
    ).toBe(303);
    expect((await postTesters({ intent: "addTester", email: dana.email })).status).toBe(303);
    const { id } = await buildIssue({ tester: dana, cycle });
    const removal = { intent: "removeTester", testerId: String(dana.id) };
    expect((await postTesters(removal)).status).toBe(303);
    expect(await db().issue.count({ where: { id } })).toBe(1);
    const page = await answerOf(
      one.loader(
        visit(`/app/admin/test-cycles/${cycle.id}?part=testers`, {
          session: nazira.session,
          params: { id: String(cycle.id) },
        }),
      ),
    );
    expect(await page.json()).toMatchObject({
      testers: [
        { id: aibek.id, isIn: true, filed: 0 },
        { id: dana.id, isIn: false, filed: 1 },
      ],
    });
    for (const email of ["nobody@example.com", nazira.email, ""])
      expect((await postTesters({ intent: "addTester", email })).status).toBe(422);
  });
});

describe("access and names", () => {
  test("testers see none of it and change nothing: 403; the anonymous sign in", async () => {
    const form = { ...EMPTY, high: "1", shown: await shown(), intent: "saveRates" };
    expect((await post(form, aibek)).status).toBe(403);
    expect((await postTesters({ intent: "addTester", email: aibek.email }, aibek)).status).toBe(
      403,
    );
    const pages = [list.loader, fresh.loader, one.loader, rates.loader];
    for (const loader of pages) {
      expect((await answerOf(loader(visitOf(aibek)))).status).toBe(403);
      const anonymous = visit("/app/admin/test-cycles", { params: { id: String(cycle.id) } });
      expect((await answerOf(loader(anonymous))).status).toBe(302);
    }
    expect((await cycleOf(cycle.id))?.payoutRates).toEqual({});
    for (const intent of ["constructor", "delete", ""])
      expect((await post({ intent })).status).toBe(400);
  });

  test("a new cycle is open and has a name of its own", async () => {
    const create = (name: string) =>
      answerOf(
        fresh.action(
          visit("/app/admin/test-cycles/new", { session: nazira.session, form: { name } }),
        ),
      );
    const name = `Dala Market ${cycle.id}`;
    expect((await create(` ${name} `)).headers.get("location")).toMatch(
      /test-cycles\/\d+\/settings$/,
    );
    const again = await create(name);
    expect(again.status).toBe(422);
    expect(((await again.json()) as Answer).errors).toEqual({
      name: "Another cycle has this name.",
    });
    expect((await create("  ")).status).toBe(422);
    expect((await post({ intent: "rename", name, shown: "another" })).status).toBe(409);
  });
});
