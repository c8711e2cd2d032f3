/** An approval while the cycle's currency changes: the figure of the page or none, never an error (DESIGN 2). */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { sqlState } from "~/database/errors";
import { useTestDatabase } from "~/database/test-database";
import { Refusal } from "~/domain/refusal";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import { approveIssue } from "./decision.server";

const url = useTestDatabase();

const DOLLARS = { critical: 6_000, high: 2_500, medium: 1_000, low: 400, currency: "USD" };

let other: pg.Client;
beforeAll(async () => {
  other = new pg.Client(url);
  other.on("error", () => undefined);
  await other.connect();
});
afterAll(() => other.end());

type Id = { readonly id: number };

async function issueInTenge() {
  const tester = await buildTester({ name: "Aibek" });
  const cycle = await buildCycle({ testers: [tester] });
  const issue = await buildIssue({ tester, cycle, severity: "low" });
  return { admin: await buildAdmin({ name: "Nazira" }), cycle, issue };
}

/** Starts `work` when another session has written dollars, which it commits as soon as `work` waits for it. */
async function whileItTurnsToDollars<T>({ id }: Id, work: () => Promise<T>): Promise<T> {
  await other.query("BEGIN");
  await other.query(
    "UPDATE test_cycles SET metadata = metadata || jsonb_build_object('payout_rates', $2::jsonb) WHERE id = $1",
    [id, JSON.stringify(DOLLARS)],
  );
  const answer = work();
  while (!(await someoneWaits()));
  await other.query("COMMIT");
  return answer;
}

async function someoneWaits(): Promise<boolean> {
  const { rowCount } = await other.query(
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rowCount !== 0;
}

const moneyOf = ({ id }: Id) =>
  db().issue.findUniqueOrThrow({
    where: { id },
    select: { payoutStatus: true, approvedCurrency: true, approvedAmount: true },
  });

test("the page showed tenge: it is refused, with what is suggested now", async () => {
  const { admin, cycle, issue } = await issueInTenge();
  const shown = { expectedAmount: 100_000, expectedCurrency: "KZT" } as const;
  const refused = await whileItTurnsToDollars(cycle, () =>
    approveIssue({ issueId: issue.id, ...shown }, { actorId: admin.id, at: new Date() }).then(
      () => null,
      (error: unknown) => error,
    ),
  );
  expect(refused).toBeInstanceOf(Refusal);
  expect(refused).toMatchObject({
    reason: { code: "suggestion_changed", actual: { currency: "USD", amount: 400 } },
  });
  expect(await moneyOf(issue)).toMatchObject({ payoutStatus: "pending", approvedAmount: null });
});

test("no page showed anything: it is approved at what the rates are then", async () => {
  const { admin, cycle, issue } = await issueInTenge();
  await whileItTurnsToDollars(cycle, () =>
    approveIssue({ issueId: issue.id }, { actorId: admin.id, at: new Date() }),
  );
  expect(await moneyOf(issue)).toEqual({
    payoutStatus: "approved",
    approvedCurrency: "USD",
    approvedAmount: 400n,
  });
});

test("the database refuses another currency by itself, as something to try again", async () => {
  const { admin, issue } = await issueInTenge();
  const inDollars = db().$executeRaw`
    UPDATE issues SET payout_status = 'approved', status = 'triaged', approved_amount = 400, version = 2,
      approved_currency = 'USD', approved_by = ${admin.id}, approved_at = now() WHERE id = ${issue.id}`;
  expect(await inDollars.then(() => null, sqlState)).toBe("40001");
});
