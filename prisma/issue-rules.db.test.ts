/** Every pair of payout statuses and every pair of issue statuses, tried as plain SQL (DESIGN 3). */
import { describe, expect, test } from "vitest";
import { confirm, prepare, reverse, writeReversal } from "./rules-batch";
import { type Case, testEach, inState } from "./rules-cases";
import {
  approve,
  changeAmount,
  closeNegative,
  edit,
  ISSUE_STATUSES,
  issueRow,
  move,
  NEGATIVE_CLOSINGS,
  PAYOUT_STATUSES,
  reject,
  setStatus,
  type Step,
  undo,
  voidIt,
  type World,
} from "./rules-fixture";
import { check, illegal, useWorld } from "./rules-refusal";
import { all, inTransaction, insert, one } from "./rules-sql";
import { isReachable, issueIn } from "./rules-states";

const world = useWorld();

type Attempt = (world: World, id: number) => Promise<unknown>;
const step =
  (change: Step): Attempt =>
  (w, id) =>
    move(w, id, change);

const LEGAL_MOVES: Record<string, Attempt> = {
  "pending → approved": step(approve()),
  "pending → rejected": step(reject("duplicate", "triaged")),
  "rejected → pending": step(undo("triaged")),
  "approved → pending": step(undo("open")),
  "approved → rejected": step(closeNegative()),
  "approved → void": step(voidIt),
  "approved → paid": async (w, id) => confirm(w, await prepare(w, [id])),
  "paid → approved": reverse,
  "paid → void": async (w, id) => {
    await move(w, id, voidIt);
    await writeReversal(w, id, { kind: "returned" });
  },
};

const STAYS: Record<string, Attempt> = {
  "pending → pending": step(setStatus("fixed")),
  "approved → approved": step(changeAmount),
  "rejected → rejected": step(setStatus("fixed")),
  "paid → paid": step(setStatus("duplicate")),
  "void → void": step(edit),
};

/** The move as a broken program would write it: the event says what the update does, with every text it could need. */
function asIf(to: string): Step {
  const kinds: Record<string, string> = { pending: "undone", rejected: "rejected", void: "voided" };
  return {
    kind: kinds[to] ?? to,
    payout: to,
    ...{ reason: "duplicate", note: "As agreed" },
  };
}

const PAIRS = PAYOUT_STATUSES.flatMap((from) => PAYOUT_STATUSES.map((to) => ({ from, to })));

describe("payout status: every pair", () => {
  test("the tests know every status that the database knows", async () => {
    const text =
      "SELECT enum_range(NULL::payout_status)::text[] p, enum_range(NULL::issue_status)::text[] i";
    expect(await one(world(), text)).toEqual({ p: PAYOUT_STATUSES, i: ISSUE_STATUSES });
  });

  const legal = { ...LEGAL_MOVES, ...STAYS };
  testEach(
    world,
    PAIRS.map(({ from, to }): Case => {
      const attempt = legal[`${from} → ${to}`];
      const given = inState(from);
      if (attempt) return { title: `${from} → ${to} is legal`, given, attempt };
      const refusal = illegal("issues_legal_move");
      return { title: `${from} → ${to} is refused`, given, attempt: step(asIf(to)), refusal };
    }),
  );

  const illegalPairs = PAIRS.filter(({ from, to }) => !legal[`${from} → ${to}`]);
  testEach(
    world,
    illegalPairs.map(({ from, to }) => ({
      title: `an event alone that tells of ${from} → ${to} is refused`,
      given: inState(from),
      attempt: async (w, id) => {
        const { version, status } = await issueRow(w, id);
        await insert(w, "issue_events", {
          ...{ issue_id: id, version: version + 1, kind: asIf(to).kind, actor_id: w.admin },
          ...{
            from_status: status,
            to_status: status,
            from_payout_status: from,
            to_payout_status: to,
          },
          ...{ amount: 1000, currency: "KZT", reason: "duplicate", note: "As agreed" },
        });
      },
      refusal: check("issue_events_legal_move"),
    })),
  );

  for (const [title, attempt] of Object.entries(legal)) {
    test(`${title} leaves the state and one more event`, async () => {
      const [from = "", to = ""] = title.split(" → ");
      const id = await issueIn(world(), from);
      const before = await issueRow(world(), id);
      await inTransaction(world(), () => attempt(world(), id));
      const after = await issueRow(world(), id);
      expect(after).toMatchObject({ payout_status: to, version: before.version + 1 });
      const events = await all(world(), "SELECT 1 FROM issue_events WHERE issue_id = $1", id);
      expect(events).toHaveLength(after.version);
    });
  }
});

const isNegative = (status: string) => NEGATIVE_CLOSINGS.includes(status);

/** What a change of the issue's status does to its money (DESIGN 3). */
function payoutAfter(payout: string, from: string, to: string): string {
  if (isNegative(to)) return ["pending", "approved"].includes(payout) ? "rejected" : payout;
  return payout === "rejected" && isNegative(from) ? "pending" : payout;
}

function statusStep(from: string, to: string, payout: string): Step {
  const kind = from === "draft" ? "submitted" : "status_changed";
  return isNegative(to) ? { kind, status: to, payout, reason: to } : { kind, status: to, payout };
}

function statusCase(payout: string, from: string, to: string): Case {
  const given = inState(payout, from);
  const title = `${from} → ${to} with its payout ${payout}`;
  const after = payoutAfter(payout, from, to);
  const attempt = step(statusStep(from, to, after));
  const breaksDraft = (from === "draft") !== (to === "open" && from === "draft") || to === "draft";
  if (!breaksDraft) return { title: `${title} is legal`, given, attempt };
  const refusal = illegal("issues_draft_only_submitted");
  return { title: `${title} is refused`, given, attempt, refusal };
}

// The money does not follow the status, or moves although the status does not ask for it.
function looseCase(payout: string, from: string, to: string): Case | null {
  const after = payoutAfter(payout, from, to);
  const given = inState(payout, from);
  if (from === "draft" || to === "draft") return null;
  if (after !== payout) {
    const attempt = step(statusStep(from, to, payout));
    const title = `${from} → ${to} is refused while its payout stays ${payout}`;
    if (payout === "pending") {
      return { title, given, attempt, refusal: check("issues_pending_not_closed_negative") };
    }
    const rule = payout === "approved" ? "issues_closing_withdraws" : "issues_reopening";
    return { title, given, attempt, refusal: illegal(rule) };
  }
  if (payout !== "rejected" || isNegative(to)) return null;
  const attempt = step(statusStep(from, to, "pending"));
  const title = `${from} → ${to} is refused when it puts a refused payout up again`;
  return { title, given, attempt, refusal: illegal("issues_reopening") };
}

const STATUS_PAIRS = ISSUE_STATUSES.flatMap((from) =>
  ISSUE_STATUSES.filter((to) => to !== from).map((to) => ({ from, to })),
);

describe.each(PAYOUT_STATUSES)("issue status: every pair, its payout %s", (payout) => {
  const pairs = STATUS_PAIRS.filter(({ from }) => isReachable(payout, from));
  testEach(
    world,
    pairs.map(({ from, to }) => statusCase(payout, from, to)),
  );
  testEach(
    world,
    pairs.flatMap(({ from, to }) => looseCase(payout, from, to) ?? []),
  );
  testEach(
    world,
    ISSUE_STATUSES.filter((status) => isReachable(payout, status)).map((status) => ({
      title: `${status} may be edited and stay ${status}`,
      given: inState(payout, status),
      attempt: step(edit),
    })),
  );
});
