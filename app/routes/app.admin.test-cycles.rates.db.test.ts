import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { RatesChange } from "~/domain/rates-change";
import { NO_FILTER } from "~/filters/issue-filter";
import { cycleOf } from "~/models/cycle.server";
import { approveIssue } from "~/models/decision.server";
import { issueList } from "~/models/issue-list.server";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildTester,
} from "../../prisma/builders";
import { EMPTY, type Form, postSettings, shownRates } from "./cycle-settings.fixture";
import { type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

type Answer = {
  errors: Form;
  values: Form;
  review?: { change: RatesChange };
};
let aibek: Person;
let nazira: Person;
let cycle: { id: number };

beforeAll(async () => {
  aibek = await signedIn(buildTester, "Aibek");
  nazira = await signedIn(buildAdmin, "Nazira");
});

beforeEach(async () => {
  cycle = await buildCycle({ testers: [aibek] });
});

const shown = () => shownRates(cycle);
const post = (form: Form, who = nazira) => postSettings(cycle, form, who);
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

test("an approval in another currency than its cycle's is refused by the database", async () => {
  const { id } = await buildIssue({ tester: aibek, cycle });
  const approve = db().$executeRaw`
    UPDATE issues SET status = 'triaged', payout_status = 'approved', approved_amount = 1000, approved_currency = 'USD',
        approved_at = now(), approved_by = ${nazira.id}, version = 2 WHERE id = ${id}`;
  await expect(approve).rejects.toThrow(/another currency than its cycle/);
});
