import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { useTestDatabase } from "~/database/test-database";
import { db } from "~/database/client.server";
import { reportDraft } from "~/http/report-draft";
import { type ModelStandIn, startModelStandIn } from "~/http/model-stand-in.fixture";
import { translator } from "~/i18n/translator";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import { workOnce } from "../suggestion-rounds.server";
import { cycleReports, keepCycleReport } from "./cycle-report.server";
import { cycleSuggestion } from "./cycle-suggestion.server";
import { approveIssue } from "./decision.server";
import { markdownToHtml } from "./markdown.server";
import { requestSuggestion } from "./suggestion-request.server";

useTestDatabase();

let model: ModelStandIn;
let admin: { id: number };
let cycle: { id: number };
let ids: number[];

beforeAll(async () => {
  model = await startModelStandIn();
  admin = await buildAdmin({ name: "Nazira" });
  const tester = await buildTester({ name: "Aibek" });
  cycle = await buildCycle({ name: "Pre-launch *sweep*", testers: [tester] });
  ids = [];
  for (const severity of ["low", "critical", "high", "critical"] as const)
    ids.push((await buildIssue({ tester, cycle, severity, title: `Aibek sees ${severity}` })).id);
  await approveIssue({ issueId: ids[1] ?? 0 }, { actorId: admin.id, at: new Date() });
});
afterAll(() => model.close());
beforeEach(() => model.asked.splice(0));

const service = () => ({
  ...{ apiKey: "sk-test", baseUrl: new URL(model.url), model: "claude-haiku-5-5" },
  dailyTokens: 1_000_000,
});
const never = new AbortController().signal;
const ask = () => requestSuggestion({ intent: "cycle", cycleId: cycle.id, locale: "en" }, admin.id);

const SAYS = {
  overview: "Payments are weak | <b>very</b>. There are 12 crashes. The rest [holds](x).",
  areas: [
    { name: "Payments", issues: [1, 2, 2, 99, -1] },
    { name: "Looks", issues: [2, 4] },
    { name: "Version 2", issues: [3] },
  ],
  standsOut: [{ text: "Two of them crash.", issues: [1, 77] }],
  staysOpen: [{ text: "5 stay open.", issues: [1] }],
  advice: ["Test refunds, see https://evil.example"],
};

test("figures are SQL’s before anybody asks", async () => {
  const { facts, state, summary } = await cycleSuggestion(cycle.id, "en");
  expect({ state, summary }).toEqual({ state: null, summary: null });
  const none = { filed: 0, accepted: 0, rejected: 0, undecided: 0, unfixed: 0 };
  expect(facts.bySeverity).toEqual([
    { severity: "critical", ...none, filed: 2, accepted: 1, undecided: 1, unfixed: 2 },
    { severity: "high", ...none, filed: 1, undecided: 1, unfixed: 1 },
    { severity: "medium", ...none },
    { severity: "low", ...none, filed: 1, undecided: 1, unfixed: 1 },
  ]);
  expect(facts.issues).toHaveLength(4);
});

describe("a summary", () => {
  test("has the words of the model, without its figures, about issues of the cycle alone", async () => {
    model.answerWith({ says: SAYS });
    expect(await ask()).toBe(true);
    expect(await ask()).toBe(false);
    expect(await workOnce(service(), never)).toBe(true);
    const content = model.asked[0]?.body.messages[0]?.content ?? "";
    expect(content).toContain("[name] sees critical");
    expect(content).not.toContain("Pre-launch");
    const { state, summary } = await cycleSuggestion(cycle.id, "en");
    const [first, second] = [ids[3], ids[1]];
    expect(state).toBe("done");
    expect(summary).toMatchObject({
      overview: "Payments are weak | <b>very</b>. The rest [holds](x).",
      areas: [
        { name: "Payments", issueIds: [first, second] },
        { name: "Looks", issueIds: [ids[0]] },
      ],
      standsOut: [{ text: "Two of them crash.", issueIds: [first] }],
      staysOpen: [],
      advice: ["Test refunds, see"],
      isCurrent: true,
    });
    expect((await cycleSuggestion(cycle.id, "ru")).summary).toBeNull();
  });

  test("says when the cycle has changed since, and can be asked for anew", async () => {
    await approveIssue({ issueId: ids[2] ?? 0 }, { actorId: admin.id, at: new Date() });
    const { facts, summary } = await cycleSuggestion(cycle.id, "en");
    expect(summary).toMatchObject({ isCurrent: false });
    expect(summary?.facts.bySeverity[1]?.accepted).toBe(0);
    expect(facts.bySeverity[1]?.accepted).toBe(1);
    expect(await ask()).toBe(true);
    const told = await db().auditEntry.count({ where: { kind: "suggestion_asked" } });
    expect(told).toBe(2);
  });

  test("of nothing is not asked for", async () => {
    const empty = await buildCycle({});
    const about = { intent: "cycle", cycleId: empty.id, locale: "en" } as const;
    expect(await requestSuggestion(about, admin.id)).toBe(false);
  });
});

describe("a closing report", () => {
  test("begins with figures of SQL and words that are no Markdown", async () => {
    const view = await cycleSuggestion(cycle.id, "en");
    const about = { cycle: "Pre-launch *sweep*", view, at: new Date("2026-05-10T09:00:00Z") };
    const draft = reportDraft({ ...about, zone: "Asia/Almaty", t: translator("en") });
    expect(draft).toContain("# Pre-launch \\*sweep\\*: closing report");
    expect(draft).toContain("| Critical | 2 | 1 | 0 | 1 | 2 |");
    expect(draft).toContain("| All | 4 | 2 | 0 | 2 | 4 |");
    expect(draft).toContain("| Payments | 2 | 0 | 0 | 0 | 2 |");
    expect(draft).toContain(`- Two of them crash. (#${ids[3]})`);
    const html = markdownToHtml(draft);
    expect(html).toContain("&lt;b&gt;very&lt;/b&gt;");
    expect(html).not.toMatch(/<a |<b>|<em>/);
    expect(html.match(/<table>/g)).toHaveLength(2);
  });

  test("is kept in versions, once per form", async () => {
    const keep = (body: string, key: string) =>
      keepCycleReport({ cycleId: cycle.id, body, key }, admin.id);
    expect(await keep("# One", "k1")).toEqual({ version: 1 });
    expect(await keep("# One again", "k1")).toEqual({ version: 1 });
    const both = await Promise.all([keep("# Two", "k2"), keep("# Three", "k3")]);
    expect(both.map(({ version }) => version).sort()).toEqual([2, 3]);
    const kept = await cycleReports(cycle.id);
    expect(kept.map(({ version, by }) => [version, by])).toEqual([
      [3, "Nazira"],
      [2, "Nazira"],
      [1, "Nazira"],
    ]);
    expect(kept.at(-1)?.html).toContain("<strong>One</strong>");
    expect(await db().auditEntry.count({ where: { kind: "cycle_report_kept" } })).toBe(3);
    await expect(
      keepCycleReport({ cycleId: 999_999, body: "x", key: "k4" }, admin.id),
    ).rejects.toMatchObject({ reason: { code: "not_found" } });
  });
});
