import { SESSION_COOKIE } from "~/http/session-cookie";
import { signIn } from "~/models/sign-in.server";
import { AppProcess } from "~/server/kill.fixture";
import { VETERAN_ID } from "../../prisma/many-issues";
import { bringUpToDate } from "../bring-up-to-date.mjs";
import type { BenchCluster } from "./bench-cluster";
import { type BenchRow, row } from "./bench-row";
import { keepHistories } from "./history";

export const title =
  "server time of pages, 1,000,000 issues against 10,000, over HTTP, against the build (must: ≤ 1.25 ×)";

/** DESIGN 11. */
const LARGEST_RATIO = 1.25;

const WARM_UPS = 10;
const ROUNDS = 60;

const ADMIN_ID = 1;
type Case = {
  readonly page: string;
  readonly by: number;
  readonly path: string;
  readonly must?: true;
};

/** The veteran filed a hundredth of everything: 100 issues or 10,000, in the same 20 cycles. */
const CASES: readonly Case[] = [
  { page: "Balance", by: VETERAN_ID, path: "/app/test-cycles/balance", must: true },
  { page: "Payouts", by: ADMIN_ID, path: "/app/admin/payouts", must: true },
  { page: "Triage", by: ADMIN_ID, path: "/app/admin/triage", must: true },
  { page: "My Reports", by: VETERAN_ID, path: "/app/issues" },
  { page: "own cycles", by: VETERAN_ID, path: "/app/test-cycles" },
  { page: "own cycle", by: VETERAN_ID, path: "/app/test-cycles/15" },
  { page: "Issues", by: ADMIN_ID, path: "/app/issues" },
  { page: "test cycles", by: ADMIN_ID, path: "/app/admin/test-cycles" },
  { page: "cycle, payouts", by: ADMIN_ID, path: "/app/admin/test-cycles/15?part=payouts" },
  { page: "cycle, testers", by: ADMIN_ID, path: "/app/admin/test-cycles/15?part=testers" },
  { page: "people", by: ADMIN_ID, path: "/app/admin/users" },
  { page: "a person", by: ADMIN_ID, path: `/app/admin/users/${VETERAN_ID}` },
  { page: "voids", by: ADMIN_ID, path: "/app/admin/payouts/voids" },
  { page: "batches", by: ADMIN_ID, path: "/app/admin/payouts/batches" },
];

export async function bench(cluster: BenchCluster): Promise<readonly BenchRow[]> {
  await bringUpToDate("generate", "build");
  await keepHistories(cluster);
  return comparePages(cluster);
}

/** Two servers, asked in turns, so that a busy moment of the machine falls on both. */
export async function comparePages(
  cluster: Pick<BenchCluster, "using">,
): Promise<readonly BenchRow[]> {
  const small = await serve(cluster, "small");
  const large = await serve(cluster, "large");
  try {
    const rows = [];
    for (const one of CASES) rows.push(await compare(one, small, large));
    console.table(rows.map(shown));
    return rows.filter(({ must }) => must).map(rowOf);
  } finally {
    await small.app.kill("SIGTERM");
    await large.app.kill("SIGTERM");
  }
}

type Served = { readonly app: AppProcess; readonly cookies: ReadonlyMap<number, string> };

function serve(cluster: Pick<BenchCluster, "using">, name: string): Promise<Served> {
  return cluster.using(name, async () => {
    const cookies = new Map<number, string>();
    for (const userId of [ADMIN_ID, VETERAN_ID]) {
      const by = { userId, address: "127.0.0.1", userAgent: null, replaces: null };
      cookies.set(userId, `${SESSION_COOKIE}=${(await signIn(by)).secret}`);
    }
    const app = await AppProcess.create(process.env.DATABASE_URL ?? "");
    await app.start();
    return { app, cookies };
  });
}

type Measured = { readonly shortest: number; readonly median: number; readonly bytes: number };
type Compared = Case & {
  readonly before: Measured;
  readonly after: Measured;
  readonly ratio: number;
};

async function compare(one: Case, small: Served, large: Served): Promise<Compared> {
  const before: number[] = [];
  const after: number[] = [];
  let [bytesBefore, bytesAfter] = [0, 0];
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    const [a, b] = [await ask(small, one), await ask(large, one)];
    [bytesBefore, bytesAfter] = [a.bytes, b.bytes];
    if (round < 0) continue;
    before.push(a.ms);
    after.push(b.ms);
  }
  const [b, a] = [measured(before, bytesBefore), measured(after, bytesAfter)];
  return { ...one, before: b, after: a, ratio: a.shortest / b.shortest };
}

/** One request after the other: until the last byte is there. */
async function ask({ app, cookies }: Served, { by, path }: Case) {
  const headers = { Cookie: cookies.get(by) ?? "", "Accept-Language": "en" };
  const started = performance.now();
  const answer = await fetch(app.origin + path, { headers, redirect: "error" });
  const { byteLength: bytes } = await answer.arrayBuffer();
  const ms = performance.now() - started;
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return { ms, bytes };
}

function measured(times: number[], bytes: number): Measured {
  times.sort((a, b) => a - b);
  return { shortest: times[0] ?? NaN, median: times[times.length >> 1] ?? NaN, bytes };
}

function shown({ page, before, after, ratio }: Compared) {
  return {
    page,
    "10,000, ms": round(before.shortest),
    "1,000,000, ms": round(after.shortest),
    ratio: round(ratio),
    "of the medians": round(after.median / before.median),
    "KB, 10,000": Math.round(before.bytes / 1000),
    "KB, 1,000,000": Math.round(after.bytes / 1000),
  };
}

function rowOf({ page, ratio }: Compared): BenchRow {
  return row({
    what: `${page}: server time at 1,000,000 issues`,
    ...{ value: ratio, unit: "×", atMost: LARGEST_RATIO },
    comparedWith: "10,000 issues, the same work waiting",
  });
}

const round = (value: number) => Math.round(value * 100) / 100;
