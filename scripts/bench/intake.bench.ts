import type { Browser } from "playwright";
import { db } from "~/database/client.server";
import { triagePath } from "~/http/paths";
import { type ModelStandIn, startModelStandIn } from "~/http/model-stand-in.fixture";
import { askForIntake } from "~/models/intake-suggestion.server";
import { until } from "~/server/kill.fixture";
import { timeToNextIssue } from "../../e2e/next-issue";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import { withApp } from "./bench-app";
import type { BenchCluster } from "./bench-cluster";
import { type BenchRow, row } from "./bench-row";
import { become, withBrowser } from "./browser";

/** Issues decided in one sitting; sittings with suggestions and without take turns. */
const ISSUES = 30;
const SITTINGS = 3;
/** The first few come before anything was loaded ahead. */
const UNTIMED = 3;
/** What is more than this is no noise. */
const AT_MOST = 1.25;

export const title = "Triage with suggestions against Triage without, key press to next issue";

type Sitting = { readonly issueIds: readonly number[]; readonly cycleId: number };

export async function bench(cluster: BenchCluster): Promise<readonly BenchRow[]> {
  await cluster.create("intake", async () => {});
  return cluster.using("intake", async () => {
    const model = await startModelStandIn();
    model.answerWith({ says: ANSWER });
    try {
      return await withApp(({ origin: without }) =>
        withApp(
          ({ origin: suggesting }) =>
            withBrowser((browser) => measure(browser, { without, suggesting })),
          keyFor(model),
        ),
      );
    } finally {
      await model.close();
    }
  });
}

const ANSWER = {
  summary: "The total is wrong after the second payment.",
  ...{ severity: "high", severityReason: "Money is shown wrong.", duplicateIndex: 1 },
  ...{ duplicateReason: "The same total.", lacks: ["The amounts", "The browser"] },
};

const keyFor = (model: ModelStandIn) => ({
  ...{ ANTHROPIC_API_KEY: "sk-bench", ANTHROPIC_BASE_URL: model.url },
  SUGGESTION_DAILY_TOKENS: "2000000000",
});

const ADMIN = "triage@example.com";

async function measure(
  browser: Browser,
  origins: { readonly without: string; readonly suggesting: string },
): Promise<readonly BenchRow[]> {
  await buildAdmin({ name: "Nazira", email: ADMIN });
  const tester = await buildTester({ name: "Aibek" });
  const times = { without: [] as number[], suggesting: [] as number[] };
  for (let n = 0; n < SITTINGS; n++) {
    const turn = ["without", "suggesting"] as const;
    for (const which of n % 2 ? turn.toReversed() : turn)
      times[which].push(...(await sit(browser, origins[which], await prepare(tester))));
  }
  const quantile = (part: number) => {
    const [plain, more] = [times.without, times.suggesting].map((each) => {
      const sorted = each.toSorted((a, b) => a - b);
      return sorted[Math.floor((sorted.length - 1) * part)] ?? NaN;
    }) as [number, number];
    return {
      value: more / plain,
      comparedWith: `${more.toFixed(0)} against ${plain.toFixed(0)} ms`,
    };
  };
  return [
    ["Triage with suggestions, median", 0.5] as const,
    ["Triage with suggestions, p95", 0.95] as const,
  ].map(([what, part]) => row({ what, ...quantile(part), unit: "×", atMost: AT_MOST }));
}

/** A cycle of its own with issues, each with a suggestion: what an inbox is like after a minute. */
async function prepare(tester: { id: number }): Promise<Sitting> {
  const cycle = await buildCycle({ testers: [tester] });
  const issueIds: number[] = [];
  for (let n = 0; n < ISSUES; n++) {
    const title = `Total is wrong after payment ${n}`;
    const { id } = await buildIssue({ tester, cycle, severity: "low", title, body: title });
    await askForIntake(id);
    issueIds.push(id);
  }
  await until(async () => {
    const waiting = { issueId: { in: issueIds }, state: { not: "done" as const } };
    return (await db().suggestionJob.count({ where: waiting })) === 0;
  });
  return { issueIds, cycleId: cycle.id };
}

async function sit(
  browser: Browser,
  origin: string,
  { cycleId, issueIds }: Sitting,
): Promise<number[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await become(context, origin, ADMIN);
  const page = await context.newPage();
  await page.goto(origin + triagePath({ cycle: cycleId }), { waitUntil: "networkidle" });
  const times: number[] = [];
  for (let n = 1; n < issueIds.length; n++) {
    await page.getByRole("button", { name: "Approve ₸" }).waitFor();
    times.push(await timeToNextIssue(page, () => page.keyboard.press("e")));
  }
  await context.close();
  return times.slice(UNTIMED);
}
