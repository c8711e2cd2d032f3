/** A bulk decision is the sum of its events: nobody can write it otherwise (DESIGN 3, 4). */
import { describe, expect, test } from "vitest";
import { approveInBulk, type BulkChange } from "./rules-bulk";
import { move, reject } from "./rules-fixture";
import {
  check,
  disagrees,
  expectAccepted,
  expectRefused,
  type Refusal,
  unique,
  useWorld,
} from "./rules-refusal";
import { all, inTransaction } from "./rules-sql";
import { issueIn } from "./rules-states";

const world = useWorld();
const DISAGREES = disagrees("bulk_decisions_add_up");

const committed = (ids: readonly number[], change?: BulkChange) =>
  inTransaction(world(), () => approveInBulk(world(), ids, change));

test("as the app writes it", async () => {
  const w = world();
  const ids = [await issueIn(w, "pending"), await issueIn(w, "pending", "fixed")];
  await expectAccepted(w, () => approveInBulk(w, ids));
});

describe("refused", () => {
  const cases: [string, BulkChange, Refusal][] = [
    ["a count of another number", { record: { count: 3 } }, DISAGREES],
    ["a total of another sum", { record: { totals: '{"KZT": 1999}' } }, DISAGREES],
    ["a total in another currency", { record: { totals: '{"USD": 2000}' } }, DISAGREES],
    ["no total", { record: { totals: "{}" } }, DISAGREES],
    ["rejections that are approvals", { record: { intent: "reject" } }, DISAGREES],
    ["another time than its events", { event: { at: "2026-05-03T09:00:00Z" } }, DISAGREES],
    ["events that do not name it", { event: { bulk_id: null } }, DISAGREES],
    ["nothing decided", { record: { count: 0 } }, check("bulk_decisions_count_positive")],
    [
      "a detail that is a list",
      { record: { detail: "[]" } },
      check("bulk_decisions_detail_object"),
    ],
    ["totals that are a list", { record: { totals: "[]" } }, check("bulk_decisions_totals_object")],
    ["no key", { record: { key: "" } }, check("bulk_decisions_key_present")],
  ];
  test.each(cases)("%s", async (_, change, refusal) => {
    const w = world();
    const ids = [await issueIn(w, "pending"), await issueIn(w, "pending")];
    await expectRefused(w, () => approveInBulk(w, ids, change), refusal);
  });

  test("a record in another admin's name", async () => {
    const w = world();
    const ids = [await issueIn(w, "pending")];
    const change = { record: { admin_id: w.otherAdmin } };
    await expectRefused(w, () => approveInBulk(w, ids, change), DISAGREES);
  });

  test("one key of one admin twice", async () => {
    const w = world();
    const record = { key: "the same key" };
    await committed([await issueIn(w, "pending")], { record });
    const second = [await issueIn(w, "pending")];
    await expectRefused(
      w,
      () => approveInBulk(w, second, { record }),
      unique("bulk_decisions_key"),
    );
  });

  test("an event of another kind that names it", async () => {
    const w = world();
    const bulkId = await committed([await issueIn(w, "pending")]);
    const other = await issueIn(w, "approved");
    const edit = { kind: "status_changed", status: "fixed", event: { bulk_id: bulkId } };
    await expectRefused(w, () => move(w, other, edit), check("issue_events_bulk_decides"));
  });

  test("an event that joins it later", async () => {
    const w = world();
    const bulkId = await committed([await issueIn(w, "pending")]);
    const late = await issueIn(w, "pending");
    const rejection = { ...reject("duplicate"), event: { bulk_id: bulkId } };
    await expectRefused(w, () => move(w, late, rejection), disagrees("issue_events_bulk_joined"));
    expect(await all(w, "SELECT FROM issue_events WHERE bulk_id = $1", bulkId)).toHaveLength(1);
  });
});
