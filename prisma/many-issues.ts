import type pg from "pg";
import { writeManyPayments } from "./many-payments";

/** How large a team's past is: `issues` filed over three years by `testers` in `cycles`. */
export type ManyIssues = {
  readonly issues: number;
  readonly testers: number;
  readonly cycles: number;
  /** So many of the newest are undecided, and as many before them approved; a fiftieth of all if not given. */
  readonly waiting?: number;
};

/** Rare words: each is in so many issues, however many there are. */
export const RARE_WORD_ISSUES = 30;

/** Works in this many cycles, and filed a hundredth of everything. */
export const VETERAN_ID = 2;
const CYCLES_EACH = 20;

/**
 * Fills an empty database with issues as years of work leave them: the newest undecided, those before them approved,
 * the rest paid, rejected or void, here and there a forgotten one; with their events, batches and payments, some of them
 * bounced or corrected. The same call writes the same rows, and the doctor finds nothing wrong with them.
 *
 * For benchmarks and tests of what reads issues, and only for them: the rows are written with the triggers switched off,
 * which takes a superuser.
 */
export async function writeManyIssues(superuser: pg.Client, many: ManyIssues): Promise<void> {
  await superuser.query("SET session_replication_role = replica; SET synchronous_commit = off");
  await writePeople(superuser, many);
  await makeIssues(superuser, many);
  await withoutIndexes(superuser, async () => {
    await writeIssues(superuser, many);
    await superuser.query(
      `INSERT INTO issue_search (issue_id, title, words)
         SELECT id, latin_letters(title), issue_words(title, body) FROM issues`,
    );
    await writeManyPayments(superuser);
  });
  await superuser.query("DROP TABLE made; SET session_replication_role = DEFAULT");
  await superuser.query("SELECT rebuild_kept_totals()");
  // What autovacuum would have done by the next morning.
  await superuser.query("VACUUM ANALYZE");
}

/** User 1 is the admin; the testers follow. One cycle in twenty pays dollars; the last fifth is open. */
async function writePeople(superuser: pg.Client, { testers, cycles }: ManyIssues): Promise<void> {
  await superuser.query(`
    INSERT INTO users (id, name, email, role)
      SELECT n, CASE n WHEN 1 THEN 'Nazira' ELSE 'Tester ' || n END, 'user' || n || '@example.com',
             (CASE n WHEN 1 THEN 'admin' ELSE 'tester' END)::user_role
        FROM generate_series(1, ${testers + 1}) n;
    INSERT INTO test_cycles (id, name, status, metadata)
      SELECT n, 'Cycle ' || n, (CASE WHEN n > ${cycles * 0.8} THEN 'open' ELSE 'closed' END)::cycle_status,
             CASE n % 20 WHEN 7 THEN
               '{"payout_rates": {"critical": 2000, "high": 1200, "medium": 500, "low": 200, "currency": "USD"}}'::jsonb
             ELSE '{}' END
        FROM generate_series(1, ${cycles}) n;
    INSERT INTO cycle_testers (cycle_id, user_id)
      SELECT DISTINCT ${cycleOf("u.id", "k", cycles)}, u.id FROM users u, generate_series(0, ${CYCLES_EACH - 1}) k
        WHERE u.role = 'tester';
    INSERT INTO sessions (token_hash, user_id, expires_at)
      SELECT encode(sha256(n::text::bytea), 'hex'), n, now() + interval '1 day' FROM generate_series(1, ${testers + 1}) n;
    INSERT INTO session_visits (session_id, at) SELECT s.id, now() - k * interval '1 hour' FROM sessions s, generate_series(1, 10) k;
    INSERT INTO audit_log (at, actor_id, kind)
      SELECT now() - n * interval '1 hour', n, 'signed_in' FROM generate_series(1, ${testers + 1}) n;
    SELECT setval('users_id_seq', ${testers + 1}), setval('test_cycles_id_seq', ${cycles})`);
}

/** The `k`th cycle of a tester: all around the ring of cycles, so that everybody is in some that are open. */
const cycleOf = (tester: string, k: string, cycles: number) =>
  `1 + (${tester} * 7 + (${k}) * ${stepOf(cycles)}) % ${cycles}`;
const stepOf = (cycles: number) => Math.max(1, Math.floor(cycles / CYCLES_EACH));

/** A number that looks thrown, the same every time; each `what` throws its own. */
export const thrown = (what: string, below: number) =>
  `(abs(hashtextextended('${what}', n) / 2) % ${below})`;

const word = (list: readonly string[], what: string) =>
  `(ARRAY['${list.join("','")}'])[1 + ${thrown(what, list.length)}]`;

const WHERE = ["Оплата", "Корзина", "Вход", "Төлем", "Себет", "Checkout", "Profile", "Search"];
const FAILS = ["зависает", "не открывается", "қате береді", "crashes", "is empty", "flickers"];
const WHEN = ["после обновления", "на планшете", "телефонда", "on Safari", "in dark mode"];

/**
 * The table `made`: what becomes of each issue. `story` is how its money went; the last is 12 days old, so that there was
 * time for it.
 */
async function makeIssues(superuser: pg.Client, { issues, testers, cycles, ...many }: ManyIssues) {
  const waiting = many.waiting ?? Math.floor(issues / 50);
  // Work that waits is in open cycles: the last fifth of the ring.
  const around = `floor((tester_id * 7 % ${cycles}) / ${stepOf(cycles)}.0)::int`;
  const openOne = `(${CYCLES_EACH * 0.8} + ${thrown("open cycle", CYCLES_EACH * 0.2)} - ${around} + ${CYCLES_EACH}) % ${CYCLES_EACH}`;
  await superuser.query(`
    CREATE UNLOGGED TABLE made AS
    WITH told AS (
      SELECT n::int, now() - interval '12 days' - interval '3 years' * (1 - n / ${issues}.0) AS at,
             ${thrown("severities", 100)} AS s, ${thrown("kind of end", 100)} AS e,
             (CASE ${thrown("veteran", 100)} WHEN 0 THEN ${VETERAN_ID} ELSE 2 + ${thrown("its tester", testers)} END)::int AS tester_id,
             CASE WHEN n > ${issues - waiting} OR ${thrown("forgotten", issues)} < ${Math.ceil(waiting / 20)} THEN 'pending'
                  WHEN n > ${issues - 2 * waiting} THEN 'approved'
                  WHEN ${thrown("decisions", 100)} < 20 THEN 'rejected'
                  WHEN ${thrown("decisions", 100)} = 20 THEN (ARRAY['cancelled', 'returned', 'kept'])[1 + ${thrown("void", 3)}]
                  WHEN ${thrown("decisions", 100)} = 21 THEN 'paid again'
                  ELSE 'paid' END AS story
        FROM generate_series(1, ${issues}) n
    )
    SELECT n, date_trunc('milliseconds', at) AS at, e, tester_id, story,
           (${cycleOf("tester_id", `CASE WHEN story IN ('pending', 'approved') THEN ${openOne} ELSE ${thrown("cycle", CYCLES_EACH)} END`, cycles)})::int AS cycle_id,
           (CASE WHEN s < 5 THEN 'critical' WHEN s < 25 THEN 'high' WHEN s < 70 THEN 'medium' ELSE 'low' END)::severity AS severity,
           (CASE story
             WHEN 'pending' THEN CASE WHEN e < 80 THEN 'open' ELSE 'in_progress' END
             WHEN 'approved' THEN CASE WHEN e < 80 THEN 'triaged' ELSE 'in_progress' END
             WHEN 'rejected' THEN
               CASE WHEN e < 50 THEN 'duplicate' WHEN e < 80 THEN 'cant_reproduce' WHEN e < 95 THEN 'wont_fix' ELSE 'rejected' END
             ELSE CASE WHEN e < 60 THEN 'fixed' ELSE 'closed' END END)::issue_status AS status,
           (CASE WHEN story IN ('cancelled', 'returned', 'kept') THEN 'void' WHEN story = 'paid again' THEN 'paid' ELSE story END)::payout_status AS payout_status,
           NULL::currency AS currency, NULL::bigint AS amount
      FROM told ORDER BY n;
    UPDATE made SET currency = (CASE cycle_id % 20 WHEN 7 THEN 'USD' ELSE 'KZT' END)::currency,
           amount = CASE WHEN cycle_id % 20 = 7
               THEN CASE severity WHEN 'critical' THEN 2000 WHEN 'high' THEN 1200 WHEN 'medium' THEN 500 ELSE 200 END
               ELSE CASE severity WHEN 'critical' THEN 1500000 WHEN 'high' THEN 800000 WHEN 'medium' THEN 300000 ELSE 100000 END
                 + CASE WHEN ${thrown("bonus", 10)} = 0 THEN 1000 * ${thrown("how much", 50)} ELSE 0 END END
      WHERE story NOT IN ('pending', 'rejected');
    ANALYZE made`);
}

/** Their last state; `version` is how many events lead there (many-payments.ts). */
async function writeIssues(superuser: pg.Client, { issues }: ManyIssues): Promise<void> {
  const title = `${word(WHERE, "place")} || ' ' || ${word(FAILS, "failing")} || ' ' || ${word(WHEN, "moment")}`;
  await superuser.query(`
    INSERT INTO issues (id, cycle_id, tester_id, severity, title, body, status, payout_status, approved_amount,
                        approved_currency, approved_at, approved_by, version, created_at, filed_at)
      SELECT n, cycle_id, tester_id, severity, ${title},
             'Шаги: открыть, нажать, ждать. Release r' || n % ${Math.ceil(issues / RARE_WORD_ISSUES)} || ', device d' || n % 500
               || '. Expected: it works. Actual: ' || ${word(FAILS, "failing again")},
             status, payout_status, amount, currency,
             CASE WHEN amount > 0 THEN at + interval '1 day' END, CASE WHEN amount > 0 THEN 1 END,
             CASE story WHEN 'pending' THEN 1 WHEN 'rejected' THEN 2 WHEN 'approved' THEN 2 WHEN 'paid' THEN 4
               WHEN 'cancelled' THEN 4 WHEN 'paid again' THEN 6 ELSE 5 END + (status = 'in_progress')::int, at, at
        FROM made ORDER BY n;
    INSERT INTO issue_comments (issue_id, author_id, body, at, key)
      SELECT n, 1, 'Which phone?', at, 'comment-' || n FROM made WHERE n % 20 = 0;
    SELECT setval('issues_id_seq', (SELECT max(id) FROM issues))`);
}

/** Made at once, an index takes a fraction of the time. Those that are rules stay. */
async function withoutIndexes(superuser: pg.Client, write: () => Promise<void>): Promise<void> {
  const { rows } = await superuser.query<{ name: string; definition: string }>(
    `SELECT x.relname AS name, pg_get_indexdef(x.oid) AS definition
       FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      WHERE x.relnamespace = current_schema()::regnamespace AND NOT i.indisunique
        AND i.indrelid IN ('issues'::regclass, 'issue_search'::regclass, 'issue_events'::regclass, 'issue_payouts'::regclass)`,
  );
  for (const { name } of rows) await superuser.query(`DROP INDEX ${name}`);
  await write();
  await superuser.query("SET maintenance_work_mem = '256MB'");
  for (const { definition } of rows) await superuser.query(definition);
}
