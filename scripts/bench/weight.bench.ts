import type { Browser } from "playwright";
import { db } from "~/database/client.server";
import * as paths from "~/http/paths";
import { withApp } from "./bench-app";
import type { BenchCluster } from "./bench-cluster";
import { type BenchRow, row } from "./bench-row";
import { become, withBrowser } from "./browser";
import { PHONE, type Visit, visit } from "./page-visit";

export const title =
  "bytes and time of pages at 360×640, 6 × slower, 400 kbit/s, 400 ms RTT; median of 5";

/** DESIGN 11, rows 1 and 2. */
const BALANCE = [
  ["bytes", "bytes on the wire", "bytes", 14_000],
  ["requests", "requests", "", 2],
  ["scriptBytes", "bytes of scripts", "bytes", 0],
  ["inlineScript", "letters of scripts in the page", "", 0],
  ["readableMs", "fully readable at 6 × slowdown, 400 kbit/s, 400 ms", "ms", 1_500],
] as const;

const RUNS = 5;

type Case = { readonly page: string; readonly by: string; readonly path: string };

export async function bench(cluster: BenchCluster): Promise<readonly BenchRow[]> {
  await cluster.create("weight", async () => {});
  return cluster.using("weight", () =>
    withApp(({ origin }) => withBrowser((browser) => measure(browser, origin)), { TIYN_DEMO: "1" }),
  );
}

async function cases(): Promise<readonly Case[]> {
  const [aibek, nazira] = ["aibek@example.com", "nazira@example.com"];
  const own = { tester: { email: aibek }, payoutStatus: "paid" } as const;
  const { id } = await db().issue.findFirstOrThrow({ where: own, orderBy: { id: "asc" } });
  return [
    { page: "Balance", by: aibek, path: paths.balancePath() },
    { page: "My Reports", by: aibek, path: paths.issuesPath() },
    { page: "an issue", by: aibek, path: paths.issuePath(id) },
    { page: "Triage", by: nazira, path: paths.triagePath() },
  ];
}

async function measure(browser: Browser, origin: string): Promise<readonly BenchRow[]> {
  const rows: ({ page: string; visit: string } & Visit)[] = [];
  for (const { page, by, path } of await cases()) {
    // The first request of a kind warms the server up, not the phone.
    await visits(browser, origin, { page, by, path });
    const runs: (readonly [Visit, Visit])[] = [];
    for (let run = 0; run < RUNS; run++)
      runs.push(await visits(browser, origin, { page, by, path }));
    rows.push({ page, visit: "first", ...median(runs.map(([first]) => first)) });
    rows.push({ page, visit: "second", ...median(runs.map(([, second]) => second)) });
  }
  console.table(rows.map(shown));
  return verdicts(rows);
}

/** A phone that has never been here, and the same phone again. */
async function visits(browser: Browser, origin: string, { by, path }: Case) {
  const context = await browser.newContext({ viewport: PHONE, hasTouch: true, locale: "en-GB" });
  try {
    await become(context, origin, by);
    return [await visit(context, origin + path), await visit(context, origin + path)] as const;
  } finally {
    await context.close();
  }
}

const FIGURES = [
  ...(["bytes", "requests", "scriptBytes", "inlineScript"] as const),
  ...(["arrivedMs", "firstPaintMs", "readableMs", "shift"] as const),
];

/** Of each figure by itself; but what may never happen counts even when it happens once. */
function median(visits: readonly Visit[]): Visit {
  const middle = (figure: keyof Visit) => {
    const sorted = visits.map((one) => one[figure]).sort((a, b) => a - b);
    return sorted[figure === "shift" ? sorted.length - 1 : sorted.length >> 1] ?? NaN;
  };
  return Object.fromEntries(FIGURES.map((figure) => [figure, middle(figure)])) as Visit;
}

function shown(row: { page: string; visit: string } & Visit) {
  return {
    page: row.page,
    visit: row.visit,
    bytes: row.bytes,
    requests: row.requests,
    "script bytes": row.scriptBytes,
    "inline script": row.inlineScript,
    "arrived, ms": Math.round(row.arrivedMs),
    "first paint, ms": Math.round(row.firstPaintMs),
    "readable, ms": Math.round(row.readableMs),
    "layout shift": row.shift,
  };
}

function verdicts(rows: readonly ({ page: string; visit: string } & Visit)[]): BenchRow[] {
  const balance = rows.find(({ page, visit }) => page === "Balance" && visit === "first");
  const figures = BALANCE.map(([figure, name, unit, atMost]) => {
    const value = balance?.[figure] ?? NaN;
    return row({ what: `Balance, first view: ${name}`, value, unit, atMost });
  });
  // Admins' pages are for laptops; they stand in the table, and no phone's owner reads them.
  const testers = rows.filter(({ page }) => page !== "Triage");
  const shift = Math.max(...testers.map((one) => one.shift));
  const still = { what: "testers' pages: layout shift", value: shift, unit: "", atMost: 0 };
  return [...figures, row(still)];
}
