/** Two sessions at the same issue or batch: exactly one wins, in either order (DESIGN 5). */
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cancel, confirm, leaveOut, prepare, reserve, reverse, transferOf } from "./rules-batch";
import { batchOfTwo } from "./rules-cases";
import {
  approve,
  changeAmount,
  closeNegative,
  file,
  move,
  reject,
  setStatus,
  voidIt,
  type World,
} from "./rules-fixture";
import {
  ACCEPTED,
  answerTo,
  connect,
  frozen,
  illegal,
  notAddingUp,
  type Refusal,
  unique,
  useWorld,
} from "./rules-refusal";
import { all, one } from "./rules-sql";
import { issueIn, paidIssue } from "./rules-states";

const world = useWorld();

const sessions: pg.Client[] = [];
let second: pg.Client;
let secondPid = 0;
let watcher: pg.Client;

beforeAll(async () => {
  [second, watcher] = [await connect(), await connect()];
  sessions.push(second, watcher);
  secondPid = (await one<{ pid: number }>({ sql: second }, "SELECT pg_backend_pid() AS pid")).pid;
});
afterAll(() => Promise.all(sessions.map((session) => session.end())));

type Answer = Refusal | typeof ACCEPTED;
type Attempt = (world: World, id: number) => Promise<unknown>;
type Race = {
  readonly title: string;
  readonly given: (world: World) => Promise<number>;
  readonly first: Attempt;
  readonly then: Attempt;
  /** What the second one gets once the first one has committed. */
  readonly refusal: Refusal;
  /** Under which the second one runs; READ COMMITTED unless said otherwise. */
  readonly isolation?: string;
};

/** The second session starts when the first one has done everything but commit, and is left waiting until it does. */
async function run(race: Race, id: number, end: "COMMIT" | "ROLLBACK") {
  const there = { ...world(), sql: second };
  const isolation = race.isolation ?? "read committed";
  await second.query(`SET default_transaction_isolation = '${isolation}'`);
  let answer: Promise<Answer> = Promise.resolve(ACCEPTED);
  const first = await answerTo(world(), async () => {
    await race.first(world(), id);
    answer = answerTo(there, () => race.then(there, id));
    await untilItWaits(answer);
    if (end === "ROLLBACK") await world().sql.query("ROLLBACK");
  });
  return { first, second: await answer };
}

async function untilItWaits(answer: Promise<unknown>): Promise<void> {
  let isOver = false;
  void answer.finally(() => (isOver = true));
  const text = "SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'";
  while (!isOver && (await all({ sql: watcher }, text, secondPid)).length === 0);
}

const approved = (w: World) => issueIn(w, "approved");
const reserveIt: Attempt = (w, id) => prepare(w, [id]);
const step =
  (change: Parameters<typeof move>[2]): Attempt =>
  (w, id) =>
    move(w, id, change);

const addLine: Attempt = async (w, batchId) => {
  const id = await file(w, { issue: { tester_id: w.admin }, event: { actor_id: w.admin } });
  await move(w, id, {
    ...approve(),
    issue: { approved_by: w.otherAdmin },
    event: { actor_id: w.otherAdmin },
  });
  await reserve(w, batchId, [id]);
};
const leaveOneOut: Attempt = async (w, batchId) => leaveOut(w, (await transferOf(w, batchId)).id);

const STALE = illegal("issues_version_step");
const MATCH = notAddingUp("payout_batch_items_match_issue");
const CLOSED = illegal("payout_batches_legal_move");
const TRANSFER = illegal("payout_transfers_legal_change");
const UNFINISHED = notAddingUp("payout_batches_settled");

const RACES: readonly Race[] = [
  {
    ...{
      title: "two batches reserve an issue",
      given: approved,
      first: reserveIt,
      then: reserveIt,
    },
    refusal: unique("payout_batch_items_reserved_once"),
  },
  {
    ...{ title: "a batch reserves an issue that is closed negative", given: approved },
    ...{ first: reserveIt, then: step(closeNegative()), refusal: frozen },
  },
  {
    ...{ title: "an issue is closed negative that a batch reserves", given: approved },
    ...{ first: step(closeNegative()), then: reserveIt, refusal: MATCH },
  },
  {
    ...{ title: "a batch reserves an issue whose amount changes", given: approved },
    ...{ first: reserveIt, then: step(changeAmount), refusal: frozen },
  },
  {
    ...{ title: "an issue's amount changes that a batch reserves", given: approved },
    ...{ first: step(changeAmount), then: reserveIt, refusal: MATCH },
  },
  {
    ...{ title: "a batch reserves an issue that is voided", given: approved },
    ...{ first: reserveIt, then: step(voidIt), refusal: frozen },
  },
  {
    ...{ title: "an issue is approved twice", given: (w) => issueIn(w, "pending", "open") },
    ...{ first: step(approve()), then: step(approve()), refusal: STALE },
  },
  {
    ...{ title: "an issue is approved and refused", given: (w) => issueIn(w, "pending", "open") },
    ...{ first: step(approve()), then: step(reject()), refusal: STALE },
  },
  {
    ...{ title: "an issue is refused and approved", given: (w) => issueIn(w, "pending", "open") },
    ...{ first: step(reject()), then: step(approve()), refusal: STALE },
  },
  {
    ...{ title: "a batch is confirmed twice", given: batchOfTwo },
    ...{ first: confirm, then: confirm, refusal: TRANSFER },
  },
  {
    ...{ title: "a batch is confirmed and cancelled", given: batchOfTwo },
    ...{ first: confirm, then: cancel, refusal: CLOSED },
  },
  {
    ...{ title: "a batch is cancelled and confirmed", given: batchOfTwo },
    ...{ first: cancel, then: confirm, refusal: CLOSED },
  },
  {
    ...{ title: "a batch is confirmed and a line of it left out", given: batchOfTwo },
    ...{ first: confirm, then: leaveOneOut, refusal: illegal("payout_batch_items_legal_move") },
  },
  {
    ...{ title: "a line of a batch is left out and the whole confirmed", given: batchOfTwo },
    ...{ first: leaveOneOut, then: confirm, refusal: TRANSFER },
  },
  {
    ...{ title: "a payment is reversed and voided", given: paidIssue },
    ...{ first: reverse, then: step(voidIt), refusal: STALE },
  },
  {
    ...{ title: "a payment is voided and reversed", given: paidIssue },
    ...{ first: step(voidIt), then: reverse, refusal: STALE },
  },
  {
    ...{ title: "a batch is confirmed while it grows by a line", given: batchOfTwo },
    ...{ first: confirm, then: addLine, refusal: illegal("payout_batch_items_legal_start") },
  },
  {
    ...{ title: "a batch grows by a line while it is confirmed", given: batchOfTwo },
    ...{ first: addLine, then: confirm, refusal: UNFINISHED },
  },
  {
    ...{ title: "a batch is cancelled while it grows by a line", given: batchOfTwo },
    ...{ first: cancel, then: addLine, refusal: illegal("payout_batch_items_legal_start") },
  },
  {
    ...{ title: "a batch grows by a line while it is cancelled", given: batchOfTwo },
    ...{ first: addLine, then: cancel, refusal: UNFINISHED },
  },
  {
    ...{ title: "a batch reserves an issue that is voided in REPEATABLE READ", given: approved },
    ...{ first: reserveIt, then: step(voidIt), isolation: "repeatable read" },
    ...{ refusal: illegal("read_committed_only") },
  },
  {
    ...{ title: "a batch reserves an issue that is fixed in SERIALIZABLE", given: approved },
    ...{ first: reserveIt, then: step(setStatus("fixed")), isolation: "serializable" },
    ...{ refusal: illegal("read_committed_only") },
  },
];

for (const race of RACES) {
  describe(race.title, () => {
    test("the first one commits: the second one is refused", async () => {
      const answers = await run(race, await race.given(world()), "COMMIT");
      expect(answers).toEqual({ first: ACCEPTED, second: race.refusal });
    });

    if (race.isolation) return;
    test("the first one gives up: the second one wins", async () => {
      const { second } = await run(race, await race.given(world()), "ROLLBACK");
      expect(second).toBe(ACCEPTED);
    });
  });
}

test("ten sessions decide on one issue: one event", async () => {
  const id = await issueIn(world(), "pending", "open");
  const deciders = await Promise.all(Array.from({ length: 10 }, () => connect()));
  sessions.push(...deciders);
  const answers = await Promise.all(
    deciders.map((sql, at) => {
      const there = { ...world(), sql };
      return answerTo(there, () => move(there, id, at % 2 ? approve() : reject()));
    }),
  );
  expect(answers.filter((answer) => answer === ACCEPTED)).toHaveLength(1);
  const events = await all(world(), "SELECT 1 FROM issue_events WHERE issue_id = $1", id);
  expect(events).toHaveLength(2);
});

// The control: without its guards the database lets both through, and the same race says so. Keep it last.
test("without the guards both sessions would reserve the issue", async () => {
  const [twice] = RACES;
  if (!twice) throw new Error("The first race is there.");
  await world().sql.query("DROP INDEX payout_batch_items_reserved_once");
  const answers = await run(twice, await approved(world()), "COMMIT");
  expect(answers).toEqual({ first: ACCEPTED, second: ACCEPTED });
});
