import { randomUUID } from "node:crypto";
import type pg from "pg";
import { withClient } from "~/database/with-client.server";
import { db } from "~/database/client.server";
import { warningCode } from "~/domain/batch-warning";
import { Refusal } from "~/domain/refusal";
import { dateInZone } from "~/domain/team-date";
import { type ConfirmPost, confirmBatch, prepareBatch } from "~/models/batch.server";
import { decideMany } from "~/models/bulk-decision.server";
import { type BenchCluster, msOf } from "./bench-cluster";
import { type BenchRow, row } from "./bench-row";

export const title = "a batch of 10,000 issues confirmed, against its rows written by plain pg";

/** DESIGN 11. */
const LARGEST_RATIO = 2;

/** CONFIRM_ISSUES asks for another number. */
const ISSUES = Number(process.env.CONFIRM_ISSUES ?? 10_000);
const TESTERS = 250;
const ROUNDS = 3;
const ZONE = "Asia/Almaty";
const ADMIN = 1;

const act = () => ({ actorId: ADMIN, at: new Date(), zone: ZONE });

export async function bench(cluster: BenchCluster): Promise<readonly BenchRow[]> {
  await cluster.create("confirm", async (superuser) => {
    await superuser.query(`
      INSERT INTO users (name, email, role)
        SELECT CASE n WHEN 1 THEN 'Nazira' ELSE 'Tester ' || n END, 'user' || n || '@example.com',
               (CASE n WHEN 1 THEN 'admin' ELSE 'tester' END)::user_role
          FROM generate_series(1, ${TESTERS + 1}) n;
      INSERT INTO test_cycles (name) VALUES ('Akashi Cloud');
      INSERT INTO cycle_testers (cycle_id, user_id) SELECT 1, id FROM users WHERE id > 1`);
  });
  return cluster.using("confirm", () =>
    withClient(cluster.url("confirm"), (client) => compare(client)),
  );
}

async function compare(client: pg.Client): Promise<readonly BenchRow[]> {
  const times: { file: number; approve: number; prepare: number; app: number; plain: number }[] =
    [];
  // The first round warms up: plans, statistics, just-compiled code.
  for (let round = 0; round <= ROUNDS; round++) {
    const first = await makeBatch(client);
    const second = await makeBatch(client);
    const post = await readyPost(first.batchId);
    const app = await msOf(() => confirmBatch(post, act()));
    const plain = await msOf(() => confirmPlainly(client, second.batchId));
    if (round > 0) times.push({ ...first, app, plain });
  }
  await requireSameRows(client);
  console.table(times);
  const shortest = (of: "file" | "approve" | "prepare" | "app" | "plain") =>
    Math.min(...times.map((time) => time[of]));
  const ms = (of: Parameters<typeof shortest>[0]) => `${Math.round(shortest(of))} ms`;
  console.log(`approve ${ms("approve")}, prepare ${ms("prepare")}, filed by SQL ${ms("file")}`);
  return [
    row({
      what: `a batch of ${ISSUES.toLocaleString("en")} confirmed, ${ms("app")}`,
      ...{ value: shortest("app") / shortest("plain"), unit: "×", atMost: LARGEST_RATIO },
      comparedWith: `the same rows by plain pg, ${ms("plain")}`,
    }),
  ];
}

/** Files, approves and prepares 10,000 issues more, the last two as an admin does. */
async function makeBatch(client: pg.Client) {
  const ids: number[] = [];
  const file = await msOf(async () => ids.push(...(await fileIssues(client))));
  await client.query("VACUUM ANALYZE issues, issue_events, payout_batch_items, issue_payouts");
  const expected = { currency: "KZT", amount: 100_000 } as const;
  const rows = ids.map((issueId) => ({ issueId, version: 1, expected }));
  const approve = await msOf(() => decideMany({ intent: "approve", mode: "all", rows }, act()));
  const choices = ids.map((issueId) => ({ issueId, expected: expected.amount }));
  let batchId = 0;
  const prepare = await msOf(async () => {
    const prepared = await prepareBatch({ key: randomUUID(), lines: [], choices }, act());
    batchId = prepared.batchId;
  });
  return { batchId, file, approve, prepare };
}

async function fileIssues(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query<{ issue_id: number }>(`
    WITH filed AS (
      INSERT INTO issues (cycle_id, tester_id, severity, title, status, filed_at)
      SELECT 1, 2 + n % ${TESTERS}, 'low', 'Payment fails on mobile Safari, number ' || n, 'open', now()
        FROM generate_series(1, ${ISSUES}) n
      RETURNING id)
    INSERT INTO issue_events (issue_id, version, kind, to_status, to_payout_status)
      SELECT id, 1, 'filed', 'open', 'pending' FROM filed RETURNING issue_id`);
  return rows.map((one) => one.issue_id);
}

/** The post that goes through: with every warning ticked that a first one is answered with. */
async function readyPost(batchId: number): Promise<ConfirmPost> {
  const rows = await db().payoutTransfer.findMany({ where: { batchId } });
  const transfers = rows.map(({ testerId, currency, id }) => ({
    ...{ testerId, currency, method: "kaspi" as const, reference: `REF-${id}` },
    paidOn: dateInZone(new Date(), ZONE),
  }));
  const post = { batchId, key: randomUUID(), transfers, ticked: [] };
  try {
    await confirmBatch(post, act());
    throw new Error("It was to be warned first.");
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason.code !== "warnings") throw error;
    return { ...post, ticked: error.reason.warnings.map(warningCode) };
  }
}

/** The same rows in the fewest statements: no lock, no question, nothing compared but what the schema itself compares. */
async function confirmPlainly(client: pg.Client, batchId: number): Promise<void> {
  const now = new Date();
  await client.query("BEGIN");
  await client.query(
    "INSERT INTO operation_keys (user_id, operation, key, content_hash, batch_id) VALUES ($1, 'confirm', $2, $2, $3)",
    [ADMIN, randomUUID(), batchId],
  );
  await client.query(
    `UPDATE payout_transfers SET method = 'kaspi', reference = 'REF-' || id, paid_on = $2 WHERE batch_id = $1`,
    [batchId, dateInZone(now, ZONE)],
  );
  await client.query(
    `UPDATE payout_batch_items SET state = 'paid'
      WHERE transfer_id IN (SELECT id FROM payout_transfers WHERE batch_id = $1)`,
    [batchId],
  );
  await client.query(
    `INSERT INTO issue_payouts
       (issue_id, seq, tester_id, batch_id, transfer_id, amount, currency, method, reference, paid_on,
        recorded_at, recorded_by, cycle_name, issue_title, severity)
     SELECT s.id, 1, s.tester_id, t.batch_id, t.id, i.amount, i.currency, t.method, t.reference, t.paid_on,
            $2, $3, c.name, s.title, s.severity
       FROM payout_transfers t JOIN payout_batch_items i ON i.transfer_id = t.id
       JOIN issues s ON s.id = i.issue_id JOIN test_cycles c ON c.id = s.cycle_id
      WHERE t.batch_id = $1`,
    [batchId, now, ADMIN],
  );
  const items = "payout_transfers t JOIN payout_batch_items i ON i.transfer_id = t.id";
  await client.query(
    `UPDATE issues s SET payout_status = 'paid', version = s.version + 1
       FROM ${items} WHERE t.batch_id = $1 AND s.id = i.issue_id`,
    [batchId],
  );
  await client.query(
    `INSERT INTO issue_events (issue_id, version, kind, at, actor_id, from_status, to_status,
                               from_payout_status, to_payout_status, amount, currency, batch_id)
     SELECT s.id, s.version, 'paid', $2, $3, s.status, s.status, 'approved', 'paid', i.amount, i.currency, $1
       FROM ${items} JOIN issues s ON s.id = i.issue_id WHERE t.batch_id = $1`,
    [batchId, now, ADMIN],
  );
  await client.query(
    "UPDATE payout_batches SET status = 'confirmed', confirmed_by = $2, confirmed_at = $3 WHERE id = $1",
    [batchId, ADMIN, now],
  );
  await client.query("COMMIT");
}

/** What both ways left behind differs in nothing but ids, times, keys and the warnings that were told. */
async function requireSameRows(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ kinds: number; batches: number; payments: number }>(`
    SELECT count(*)::int AS batches, count(DISTINCT s.said)::int AS kinds, sum(s.payments)::int AS payments
      FROM payout_batches b CROSS JOIN LATERAL (
        SELECT count(*) AS payments, (b.status, b.confirmed_by, count(*), sum(p.amount), count(DISTINCT p.reference),
               min(p.seq), max(p.seq), count(e.id), min(e.version), max(e.version), min(i.payout_status),
               max(i.payout_status), min(e.actor_id))::text AS said
          FROM issue_payouts p JOIN issues i ON i.id = p.issue_id
          LEFT JOIN issue_events e ON e.issue_id = p.issue_id AND e.batch_id = b.id AND e.kind = 'paid'
         WHERE p.batch_id = b.id) s`);
  const [found] = rows;
  const batches = 2 * (ROUNDS + 1);
  if (found?.kinds !== 1 || found.batches !== batches || found.payments !== batches * ISSUES)
    throw new Error(`The two ways left different rows: ${JSON.stringify(found)}`);
}
