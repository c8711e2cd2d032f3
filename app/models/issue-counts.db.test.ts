import { beforeAll, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { NO_FILTER } from "~/filters/issue-filter";
import { BUILDER_ZONE, buildCycle, buildTester } from "../../prisma/builders";
import type { IssueReader } from "./issue-conditions.server";
import { countIssues } from "./issue-list.server";
import { SUMMED_AT_MOST, sumOfIssues } from "./issue-sums.server";

useTestDatabase();

let reader: IssueReader;
let cycle: { id: number };

beforeAll(async () => {
  const dana = await buildTester({ name: "Dana" });
  reader = { id: dana.id, role: "tester", zone: BUILDER_ZONE };
  cycle = await buildCycle({ testers: [dana] });
});

async function file(count: number) {
  await db().$executeRaw`
    WITH filed AS (
      INSERT INTO issues (cycle_id, tester_id, severity, title, status, filed_at)
      SELECT ${cycle.id}, ${reader.id}, 'low', 'Many ' || n, 'open', now() FROM generate_series(1, ${count}::int) n
      RETURNING id)
    INSERT INTO issue_events (issue_id, version, kind, to_status, to_payout_status)
    SELECT id, 1, 'filed', 'open', 'pending' FROM filed`;
}

const pending = { ...NO_FILTER, payoutStatus: "pending" } as const;

test("counting stops at a thousand", async () => {
  await file(1_000);
  expect(await countIssues({ filter: NO_FILTER, reader })).toEqual({ count: 1_000, more: false });
  await file(1);
  expect(await countIssues({ filter: NO_FILTER, reader })).toEqual({ count: 1_000, more: true });
});

// ₸ 1,000 each, the default rate of `low`.
const suggested = (issues: number) => ({
  of: "pending",
  money: [{ currency: "KZT", amount: 100_000 * issues }],
  unrated: 0,
});

test("what is kept is told however much it is; adding up stops at two thousand, and says so", async () => {
  await file(SUMMED_AT_MOST - 1_001);
  const open = { ...pending, status: "open" } as const;
  expect(await sumOfIssues({ filter: open, reader })).toEqual(suggested(SUMMED_AT_MOST));
  await file(1);
  expect(await sumOfIssues({ filter: open, reader })).toEqual({
    of: "pending",
    money: null,
    unrated: 0,
  });
  expect(await sumOfIssues({ filter: pending, reader })).toEqual(suggested(SUMMED_AT_MOST + 1));
  const low = { ...pending, severity: "low", cycle: cycle.id } as const;
  expect(await sumOfIssues({ filter: low, reader })).toEqual(suggested(SUMMED_AT_MOST + 1));
});
