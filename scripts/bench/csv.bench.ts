import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { withClient } from "~/database/with-client.server";
import type { AppProcess } from "~/server/kill.fixture";
import { residentMb, sessionOf, withApp } from "./bench-app";
import { type BenchCluster, msOf } from "./bench-cluster";
import { type BenchRow, row } from "./bench-row";
import { keepPayments, PAYMENTS } from "./payments";

export const title = "everybody's payments as CSV, a million rows over HTTP, against COPY";

/** DESIGN 11. */
const LARGEST_RATIO = 2.5;
const LONGEST_FIRST_BYTE_MS = 200;
const LARGEST_GROWTH_MB = 64;

const ROUNDS = 4;
const MEMORY_EVERY_MS = 100;

/** What the file holds, from a query as plain as can be. */
const SAME_QUERY = `
  SELECT coalesce(c.paid_on, p.paid_on), p.cycle_name, p.issue_title, p.severity, p.amount, p.currency, p.method,
         CASE WHEN c.id IS NULL THEN p.reference ELSE c.reference END, u.name, u.email, p.batch_id
    FROM issue_payouts p JOIN users u ON u.id = p.tester_id
    LEFT JOIN (SELECT DISTINCT ON (payment_id) * FROM payment_corrections ORDER BY payment_id, id DESC) c
      ON c.payment_id = p.id
   ORDER BY 1, p.id`;

type Download = { readonly firstMs: number; readonly ms: number; readonly bytes: number };

export async function bench(cluster: BenchCluster): Promise<readonly BenchRow[]> {
  await keepPayments(cluster);
  return cluster.using("payments", () =>
    withApp((app) => withClient(cluster.url("payments"), (client) => compare(app, client))),
  );
}

async function compare(app: AppProcess, client: pg.Client): Promise<readonly BenchRow[]> {
  const { name, value } = await sessionOf("user1@example.com");
  const cookie = `${name}=${value}`;
  // The first request warms the server up.
  await (await fetch(`${app.origin}/api/me/balance`, { headers: { cookie } })).text();
  const memory = await watchMemory(app.pid);
  const rounds: { copyMs: number; file: Download }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const copyMs = await msOf(() => copyAway(client));
    rounds.push({ copyMs, file: await download(app.origin, cookie) });
  }
  const growthMb = await memory.growth();
  console.table(rounds.map(({ copyMs, file }) => ({ "COPY, ms": copyMs, ...file })));
  const shortest = (of: (round: (typeof rounds)[number]) => number) => Math.min(...rounds.map(of));
  const copyMs = shortest((round) => round.copyMs);
  const fileMs = shortest(({ file }) => file.ms);
  return [
    row({
      what: `CSV of ${PAYMENTS.toLocaleString("en")} payments, ${seconds(fileMs)}`,
      ...{ value: fileMs / copyMs, unit: "×", atMost: LARGEST_RATIO },
      comparedWith: `COPY of the same query, ${seconds(copyMs)}`,
    }),
    row({
      what: "the same, first byte",
      ...{ value: shortest(({ file }) => file.firstMs), unit: "ms", atMost: LONGEST_FIRST_BYTE_MS },
    }),
    row({
      what: "the same, memory",
      ...{ value: growthMb, unit: "MB", atMost: LARGEST_GROWTH_MB },
      comparedWith: "the server before",
    }),
  ];
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function copyAway(client: pg.Client): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return pipeline(client.query(copyTo(`COPY (${SAME_QUERY}) TO STDOUT`)), nowhere);
}

async function download(origin: string, cookie: string): Promise<Download> {
  const started = performance.now();
  const url = `${origin}/api/admin/payouts/export.csv`;
  // Uncompressed, as COPY is.
  const answer = await fetch(url, { headers: { cookie, "accept-encoding": "identity" } });
  let [firstMs, bytes, lines] = [NaN, 0, 0];
  if (answer.status !== 200 || answer.body === null)
    throw new Error(`It answered ${answer.status}.`);
  const reader = answer.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const chunk = part.value;
    if (bytes === 0) firstMs = performance.now() - started;
    bytes += chunk.length;
    for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) lines++;
  }
  const ms = performance.now() - started;
  if (lines !== PAYMENTS + 1) throw new Error(`The file has ${lines} lines.`);
  return { firstMs, ms, bytes };
}

/** How much more the server held at its fullest than at the beginning. */
async function watchMemory(pid: number) {
  const before = await residentMb(pid);
  let [most, watching] = [before, true];
  const watch = async () => {
    while (watching) {
      most = Math.max(most, await residentMb(pid));
      await new Promise((resolve) => setTimeout(resolve, MEMORY_EVERY_MS));
    }
  };
  const watched = watch();
  return {
    async growth() {
      watching = false;
      await watched;
      return most - before;
    },
  };
}
