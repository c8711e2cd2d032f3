import type pg from "pg";

/** How large a team's past is: `issues` filed over three years by `testers` in `cycles`. */
export type ManyIssues = {
  readonly issues: number;
  readonly testers: number;
  readonly cycles: number;
};

/** Rare words: each is in so many issues, however many there are. */
export const RARE_WORD_ISSUES = 30;

/**
 * Fills an empty database with issues as years of work leave them: the newest undecided, those before them approved,
 * the rest paid or rejected, here and there a forgotten one. The same call writes the same rows.
 *
 * For benchmarks of what reads issues, and only for them: the rows are written with the triggers switched off, which
 * takes a superuser, and without their events and payments.
 */
export async function writeManyIssues(superuser: pg.Client, many: ManyIssues): Promise<void> {
  await superuser.query("SET session_replication_role = replica");
  await writePeople(superuser, many);
  await writeIssues(superuser, many);
  await superuser.query(
    `INSERT INTO issue_search (issue_id, title, words)
       SELECT id, latin_letters(title), issue_words(title, body) FROM issues`,
  );
  await superuser.query("SET session_replication_role = DEFAULT");
  await superuser.query("SELECT setval('issues_id_seq', (SELECT max(id) FROM issues))");
  // What autovacuum would have done by the next morning.
  await superuser.query("VACUUM ANALYZE");
}

/** User 1 is the admin; the testers follow. */
async function writePeople(superuser: pg.Client, { testers, cycles }: ManyIssues): Promise<void> {
  await superuser.query(`
    INSERT INTO users (id, name, email, role)
      SELECT n, CASE n WHEN 1 THEN 'Nazira' ELSE 'Tester ' || n END, 'user' || n || '@example.com',
             (CASE n WHEN 1 THEN 'admin' ELSE 'tester' END)::user_role
        FROM generate_series(1, ${testers + 1}) n;
    INSERT INTO test_cycles (id, name, status)
      SELECT n, 'Cycle ' || n, (CASE WHEN n > ${cycles * 0.8} THEN 'open' ELSE 'closed' END)::cycle_status
        FROM generate_series(1, ${cycles}) n;
    INSERT INTO cycle_testers (cycle_id, user_id) SELECT c.id, u.id FROM test_cycles c, users u WHERE u.id % 5 = c.id % 5;
    SELECT setval('users_id_seq', ${testers + 1}), setval('test_cycles_id_seq', ${cycles})`);
}

/** A number that looks thrown, the same every time; each `what` throws its own. */
const thrown = (what: string, below: number) =>
  `(abs(hashtextextended('${what}', n) / 2) % ${below})`;

const word = (list: readonly string[], what: string) =>
  `(ARRAY['${list.join("','")}'])[1 + ${thrown(what, list.length)}]`;

const WHERE = ["Оплата", "Корзина", "Вход", "Төлем", "Себет", "Checkout", "Profile", "Search"];
const FAILS = ["зависает", "не открывается", "қате береді", "crashes", "is empty", "flickers"];
const WHEN = ["после обновления", "на планшете", "телефонда", "on Safari", "in dark mode"];

async function writeIssues(superuser: pg.Client, { issues, testers, cycles }: ManyIssues) {
  const title = `${word(WHERE, "place")} || ' ' || ${word(FAILS, "failing")} || ' ' || ${word(WHEN, "moment")}`;
  await superuser.query(`
    WITH made AS (
      SELECT n, now() - interval '3 years' * (1 - n / ${issues}.0) AS at,
             ${thrown("severities", 100)} AS s, ${thrown("kind of end", 100)} AS e,
             CASE WHEN n > ${issues * 0.98} OR ${thrown("forgotten", 1000)} = 0 THEN 'pending'
                  WHEN n > ${issues * 0.96} THEN 'approved'
                  WHEN ${thrown("decisions", 100)} < 20 THEN 'rejected'
                  WHEN ${thrown("decisions", 100)} = 20 THEN 'void' ELSE 'paid' END AS payout
        FROM generate_series(1, ${issues}) n
    ), told AS (
      SELECT *,
             CASE WHEN s < 5 THEN 'critical' WHEN s < 25 THEN 'high' WHEN s < 70 THEN 'medium' ELSE 'low' END AS severity,
             CASE payout
               WHEN 'pending' THEN CASE WHEN e < 80 THEN 'open' ELSE 'in_progress' END
               WHEN 'approved' THEN CASE WHEN e < 80 THEN 'triaged' ELSE 'in_progress' END
               WHEN 'rejected' THEN
                 CASE WHEN e < 50 THEN 'duplicate' WHEN e < 80 THEN 'cant_reproduce' WHEN e < 95 THEN 'wont_fix' ELSE 'rejected' END
               ELSE CASE WHEN e < 60 THEN 'fixed' ELSE 'closed' END END AS status
        FROM made
    )
    INSERT INTO issues (id, cycle_id, tester_id, severity, title, body, status, payout_status, approved_amount,
                        approved_currency, approved_at, approved_by, version, created_at, filed_at)
    SELECT n, 1 + ${thrown("cycle", cycles)}, 2 + ${thrown("its tester", testers)}, severity::severity, ${title},
           'Шаги: открыть, нажать, ждать. Release r' || n % ${Math.ceil(issues / RARE_WORD_ISSUES)} || ', device d' || n % 500
             || '. Expected: it works. Actual: ' || ${word(FAILS, "failing again")},
           status::issue_status, payout::payout_status, amount, CASE WHEN amount > 0 THEN 'KZT'::currency END,
           CASE WHEN amount > 0 THEN at END, CASE WHEN amount > 0 THEN 1 END, 1, at, at
      FROM (SELECT *, CASE WHEN payout IN ('approved', 'paid', 'void') THEN
                      CASE severity WHEN 'critical' THEN 1500000 WHEN 'high' THEN 800000 WHEN 'medium' THEN 300000 ELSE 100000 END
                      + CASE WHEN ${thrown("bonus", 10)} = 0 THEN 1000 * ${thrown("how much", 50)} ELSE 0 END END AS amount
              FROM told) priced
      ORDER BY n`);
}
