/** Each invariant of the doctor, broken as only a superuser can, with the triggers off: exactly that check must tell. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { asSuperuser, useTestDatabase } from "~/database/test-database";
import { CHECK_NAMES, type CheckName } from "~/domain/doctor-check";
import { approveIssue } from "~/models/decision.server";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import { CHECKS } from "./doctor-checks";
import { examine, examineDatabase } from "./doctor.server";
import { reversePayment, voidPayment } from "./reversal.server";
import { dateInZone } from "~/domain/team-date";

const url = useTestDatabase();

let superuser: pg.Client;
/** Issues of one tester, all at the same rate. */
let ids: { paid: number[]; again: number; returned: number; held: number[]; waiting: number };

beforeAll(async () => {
  superuser = new pg.Client(asSuperuser(url));
  await superuser.connect();
  const admin = await buildAdmin({ name: "Nazira" });
  const tester = await buildTester({ name: "Aibek" });
  const cycle = await buildCycle({ testers: [tester, await buildTester({ name: "Dana" })] });
  const act = { actorId: admin.id, at: new Date() };
  const approved = async () => {
    const { id } = await buildIssue({ tester, cycle });
    await approveIssue({ issueId: id }, act);
    return id;
  };
  const several = async (count: number) => {
    const made = [];
    for (let n = 0; n < count; n++) made.push(await approved());
    return made;
  };
  const [paid, again, returned] = [await several(2), await approved(), await approved()];
  await buildPaidBatch({ admin, issueIds: [...paid, again, returned] });
  const on = dateInZone(act.at, "Asia/Almaty");
  const why = { reason: "Wrong card", on };
  await reversePayment({ ...why, issueId: again, kind: "bounced" }, act);
  await buildPaidBatch({ admin, issueIds: [again] });
  await voidPayment({ ...why, issueId: returned, money: "returned" }, act);
  const held = await several(2);
  for (const issueId of held) await buildPreparedBatch({ admin, issueIds: [issueId] });
  ids = { paid, again, returned, held, waiting: await approved() };
});
afterAll(() => superuser.end());

const failing = async (sql: Parameters<typeof examine>[0]) =>
  (await examine(sql)).filter(({ offenders }) => offenders > 0).map(({ check }) => check);

test("there is a check for each name, once", () => {
  expect(CHECKS.map(({ name }) => name).sort()).toEqual([...CHECK_NAMES].sort());
});

test("all of them hold on what the app itself wrote", async () => {
  expect((await examineDatabase()).filter(({ offenders }) => offenders > 0)).toEqual([]);
});

type Break = {
  check: CheckName;
  /** Checks that cannot but tell too: the one implies the others. */
  also?: CheckName[];
  statements: () => string[];
};

const drop = (table: string, name: string) => `ALTER TABLE ${table} DROP CONSTRAINT ${name}`;
const PAYMENT_COLUMNS = `tester_id, batch_id, transfer_id, amount, currency, method, reference, paid_on,
  recorded_by, cycle_name, issue_title, severity`;

const BREAKS: readonly Break[] = [
  {
    check: "paid_once",
    also: ["payments_take_turns", "sums_agree"],
    statements: () => [
      "DROP INDEX issue_payouts_once_per_transfer",
      `INSERT INTO issue_payouts (issue_id, seq, ${PAYMENT_COLUMNS})
         SELECT issue_id, 3, ${PAYMENT_COLUMNS} FROM issue_payouts WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "paid_means_payment",
    also: ["events_tell_state", "sums_agree"],
    statements: () => [`UPDATE issues SET payout_status = 'paid' WHERE id = ${ids.waiting}`],
  },
  {
    // A tester's sum stays the same: one more here, one less there.
    check: "paid_as_approved",
    statements: () =>
      [1, -1].flatMap((more, at) => [
        `UPDATE issues SET approved_amount = approved_amount + ${more} WHERE id = ${ids.paid[at]}`,
        `UPDATE issue_events SET amount = amount + ${more} WHERE issue_id = ${ids.paid[at]}`,
      ]),
  },
  {
    check: "payments_take_turns",
    statements: () => [
      `UPDATE issue_payouts SET seq = 5 WHERE issue_id = ${ids.again} AND seq = 3`,
    ],
  },
  {
    check: "reversals_opposite",
    statements: () => [
      `UPDATE issue_payouts SET method = 'bank' WHERE issue_id = ${ids.again} AND seq = 2`,
    ],
  },
  {
    check: "payments_through_batch",
    statements: () =>
      ["issue_payouts", "issue_events"].map(
        (table) =>
          `UPDATE ${table} SET batch_id = (SELECT max(id) FROM payout_batches)
            WHERE issue_id = ${ids.paid[0]} AND batch_id IS NOT NULL`,
      ),
  },
  {
    check: "references_present",
    statements: () => [
      drop("issue_payouts", "issue_payouts_reference_unless_cash"),
      `UPDATE issue_payouts SET reference = NULL WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "not_own_money",
    statements: () => [
      drop("issue_payouts", "issue_payouts_not_recorded_by_own_tester"),
      `UPDATE issue_payouts SET recorded_by = tester_id WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "corrections_belong",
    statements: () => [
      `INSERT INTO payment_corrections (payment_id, reference, paid_on, reason, corrected_by)
         SELECT 999999, 'REF', '2026-05-10', 'Typo', id FROM users WHERE role = 'admin'`,
    ],
  },
  {
    check: "dates_in_order",
    statements: () => [
      `UPDATE issue_payouts SET paid_on = '2999-01-01' WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "batches_add_up",
    statements: () => [
      `UPDATE payout_transfers SET total_amount = total_amount + 1
        WHERE id = (SELECT transfer_id FROM issue_payouts WHERE issue_id = ${ids.paid[0]})`,
    ],
  },
  {
    check: "items_match_issues",
    statements: () => [
      `UPDATE payout_batch_items SET tester_id = (SELECT id FROM users WHERE name = 'Dana')
        WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "reserved_once",
    statements: () => [
      "DROP INDEX payout_batch_items_reserved_once",
      `UPDATE payout_batch_items SET issue_id = ${ids.held[0]} WHERE issue_id = ${ids.held[1]}`,
    ],
  },
  {
    check: "batches_settled",
    statements: () => [
      `UPDATE payout_batches SET status = 'cancelled', cancelled_at = now(), cancelled_by = prepared_by
        WHERE id = (SELECT batch_id FROM payout_batch_items WHERE issue_id = ${ids.held[0]})`,
    ],
  },
  {
    check: "items_have_payments",
    also: ["payments_told"],
    statements: () => [`DELETE FROM issue_payouts WHERE issue_id = ${ids.returned}`],
  },
  {
    check: "events_unbroken",
    statements: () => [
      `DELETE FROM issue_events WHERE issue_id = ${ids.paid[0]} AND kind = 'approved'`,
    ],
  },
  {
    check: "events_tell_state",
    statements: () => [`UPDATE issues SET version = version + 1 WHERE id = ${ids.paid[0]}`],
  },
  {
    check: "events_legal",
    statements: () => [
      `UPDATE issue_events SET kind = 'edited' WHERE issue_id = ${ids.paid[0]} AND kind = 'approved'`,
    ],
  },
  {
    check: "payments_told",
    statements: () => [
      `UPDATE issue_events SET batch_id = (SELECT max(id) FROM payout_batches)
        WHERE issue_id = ${ids.paid[0]} AND kind = 'paid'`,
    ],
  },
  {
    check: "sums_agree",
    also: ["paid_as_approved"],
    statements: () => [
      `UPDATE issues SET approved_amount = approved_amount + 1 WHERE id = ${ids.paid[0]}`,
      `UPDATE issue_events SET amount = amount + 1 WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "bulk_adds_up",
    statements: () => [
      `INSERT INTO bulk_decisions (admin_id, key, content_hash, intent, detail, count, totals)
         SELECT id, 'a key of some length', 'hash', 'reject', '{}', 2, '{}' FROM users WHERE role = 'admin'`,
    ],
  },
  {
    check: "no_session_left",
    statements: () => [
      `INSERT INTO sessions (token_hash, user_id, expires_at)
         SELECT repeat('a', 64), id, now() + interval '1 day' FROM users WHERE name = 'Dana'`,
      "UPDATE users SET deactivated_at = now() WHERE name = 'Dana'",
    ],
  },
  {
    check: "screenshots_whole",
    statements: () => [
      drop("screenshots", "screenshots_size"),
      `INSERT INTO screenshots (issue_id, position, uploaded_by, hash, width, height, bytes, picture,
                                thumbnail_width, thumbnail_height, thumbnail)
         SELECT id, 1, tester_id, repeat('a', 64), 1, 1, 9, '\\x00', 1, 1, '\\x00'
           FROM issues WHERE id = ${ids.waiting}`,
    ],
  },
];

describe("broken, and told", () => {
  test("each check is", () => {
    expect(BREAKS.map(({ check }) => check).sort()).toEqual([...CHECK_NAMES].sort());
  });

  test.each(BREAKS)("$check", async ({ check, also = [], statements }) => {
    await superuser.query("BEGIN");
    try {
      await superuser.query("SET LOCAL session_replication_role = replica");
      for (const statement of statements()) {
        const { rowCount } = await superuser.query(statement);
        // A break that hits nothing would prove nothing.
        if (/^\s*(UPDATE|INSERT|DELETE)/.test(statement)) expect(rowCount).toBeGreaterThan(0);
      }
      const told = await failing(superuser);
      expect(new Set(told)).toEqual(new Set([check, ...also]));
    } finally {
      await superuser.query("ROLLBACK");
    }
  });

  test("and nothing of it stayed", async () => {
    expect(await failing(superuser)).toEqual([]);
    expect(await db().doctorRun.count()).toBe(0);
  });
});
