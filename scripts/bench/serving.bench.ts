import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import autocannon from "autocannon";
import { db } from "~/database/client.server";
import { balancePath } from "~/http/paths";
import { SESSION_COOKIE } from "~/http/session-cookie";
import { signIn } from "~/models/sign-in.server";
import { AppProcess, freePort } from "~/server/kill.fixture";
import { bringUpToDate } from "../bring-up-to-date.mjs";
import type { BenchCluster } from "./bench-cluster";
import { type BenchRow, row } from "./bench-row";

/** Issue 9, "Must show" 2. */
const SMALLEST_RATIO = 0.6;

export const title =
  "Balance of a tester with 42 issues, signed in, by one process, against a bare Remix route that renders the same " +
  "markup from a constant";

/** In turns, so that a busy minute of the machine falls on both. SERVING_ROUNDS asks for another number. */
const ROUNDS = Number(process.env.SERVING_ROUNDS ?? 8);
const SECONDS = 4;
const CONNECTIONS = 10;

type Side = { readonly origin: string; readonly rates: number[] };

export async function bench(cluster: BenchCluster): Promise<readonly BenchRow[]> {
  await bringUpToDate("generate", "build");
  await cluster.create("serving", async () => {});
  return cluster.using("serving", async () => {
    const SESSION_SECRET = randomBytes(24).toString("hex");
    const app = await AppProcess.create(process.env.DATABASE_URL ?? "", {
      ...{ SESSION_SECRET, TIYN_DEMO: "1", LOG_LEVEL: "info" },
    });
    let bare: ChildProcess | null = null;
    try {
      await app.start();
      const started = await startBare(SESSION_SECRET);
      bare = started.child;
      return await compare(
        { origin: app.origin, rates: [] },
        { origin: started.origin, rates: [] },
      );
    } finally {
      bare?.disconnect();
      await app.kill("SIGTERM");
    }
  });
}

async function startBare(SESSION_SECRET: string) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = fork("scripts/bench/bare-server.ts", {
    execArgv: [...process.execArgv, "--import", "tsx"],
    env: {
      ...process.env,
      ...{ NODE_ENV: "production", PORT: String(port), PUBLIC_ORIGIN: origin, SESSION_SECRET },
    },
  });
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`The bare server ended with ${code}.`)));
  });
  return { child, origin };
}

async function compare(app: Side, bare: Side): Promise<readonly BenchRow[]> {
  const cookie = await sessionCookie();
  const [shown, constant] = [await page(app, cookie), await page(bare, cookie)];
  if (shown.html !== constant.html) throw new Error("The two sides do not show the same page.");
  for (let round = -1; round < ROUNDS; round++)
    for (const side of round % 2 ? [app, bare] : [bare, app]) {
      const rate = await requestsPerSecond(side.origin, cookie);
      // The first round warms up.
      if (round >= 0) side.rates.push(rate);
    }
  const ratios = app.rates.map((rate, round) => rate / (bare.rates[round] ?? NaN));
  console.table([
    { side: "tiyn", bytes: shown.bytes, ...spread(app.rates) },
    { side: "bare Remix route", bytes: constant.bytes, ...spread(bare.rates) },
    { side: "ratio", ...spread(ratios) },
  ]);
  const [own, other] = [spread(app.rates).median, spread(bare.rates).median];
  return [
    row({
      what: `Balance, signed in, by one process: ${own} requests a second`,
      ...{ value: spread(ratios).median, unit: "×", atLeast: SMALLEST_RATIO },
      comparedWith: `a bare Remix route with the same markup: ${other}`,
    }),
  ];
}

async function sessionCookie(): Promise<string> {
  const where = { email: "aibek@example.com" };
  const { id } = await db().user.findFirstOrThrow({ where, select: { id: true } });
  const session = { userId: id, address: "127.0.0.1", userAgent: null, replaces: null };
  return `${SESSION_COOKIE}=${(await signIn(session)).secret}`;
}

const HEADERS = { "accept-encoding": "gzip, deflate, br", "accept-language": "en" };

async function page({ origin }: Side, cookie: string) {
  const packed = await bodyAsSent(origin + balancePath(), { ...HEADERS, cookie });
  return { html: brotliDecompressSync(packed).toString(), bytes: packed.length };
}

/** fetch() would unpack it. */
function bodyAsSent(url: string, headers: Readonly<Record<string, string>>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve(Buffer.concat(chunks)));
    });
    sent.on("error", reject).end();
  });
}

async function requestsPerSecond(origin: string, cookie: string): Promise<number> {
  const { errors, non2xx, requests } = await autocannon({
    url: origin + balancePath(),
    headers: { ...HEADERS, cookie },
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (errors + non2xx > 0) throw new Error(`${errors} errors, ${non2xx} answers that are no page.`);
  return requests.average;
}

function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const round = (value = NaN) => Math.round(value * 100) / 100;
  return {
    median: round(sorted[sorted.length >> 1]),
    lowest: round(sorted[0]),
    highest: round(sorted.at(-1)),
  };
}
