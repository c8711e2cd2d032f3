import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { cyclePayouts } from "~/models/cycle-payouts.server";
import { changeCycleStatus, cycleOf } from "~/models/cycle.server";
import { approveIssue } from "~/models/decision.server";
import { fileIssue } from "~/models/issue-filing.server";
import {
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
import { EMPTY, type Form, postSettings, shownRates, visitTo } from "./cycle-settings.fixture";
import { type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

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
const post = (form: Form, who: Person = nazira) => postSettings(cycle, form, who);
const postTesters = (form: Form, who: Person = nazira) =>
  answerOf(one.action(visitTo(cycle, who, form)));

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
    await approveIssue({ issueId: id }, { actorId: nazira.id, at: new Date() });
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

describe("a cycle's testers", () => {
  test("are added by address and removed; what they filed stays", async () => {
    const dana = await signedIn(buildTester, `Dana${cycle.id}`);
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
      expect((await answerOf(loader(visitTo(cycle, aibek)))).status).toBe(403);
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
    expect(((await again.json()) as { errors: Form }).errors).toEqual({
      name: "Another cycle has this name.",
    });
    expect((await create("  ")).status).toBe(422);
    expect((await post({ intent: "rename", name, shown: "another" })).status).toBe(409);
  });
});
