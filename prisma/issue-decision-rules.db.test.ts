/** What a decision on an issue may not do: approve, refuse or undo by halves, in another name, for another reason. */
import { describe } from "vitest";
import { type Case, moveCases, type MoveLine, testEach } from "./rules-cases";
import {
  approve,
  changeAmount,
  closeNegative,
  move,
  reject,
  setStatus,
  type Step,
  undo,
} from "./rules-fixture";
import { check, disagrees, illegal, useWorld } from "./rules-refusal";
import { type Columns, inTransaction } from "./rules-sql";
import { issueIn, reversedIssue } from "./rules-states";

const world = useWorld();
const CAP = 1_000_000_000;

const issue = (step: Step, columns: Columns): Step => ({ ...step, issue: columns });
const OPEN = ["pending", "open"] as const;
const PENDING = ["pending", "triaged"] as const;
const APPROVED = ["approved", "triaged"] as const;
const PAID = ["paid", "triaged"] as const;

describe("approving", () => {
  testEach(world, [
    ...moveCases(illegal("issues_approval_status"), [
      ["an open issue that stays open", ...OPEN, approve("open")],
      ["an open issue that becomes fixed", ...OPEN, approve("fixed")],
      ["a triaged issue that becomes fixed", ...PENDING, approve("fixed")],
      ["a fixed issue that becomes triaged", "pending", "fixed", approve("triaged")],
    ]),
    ...moveCases(check("issues_draft_is_pending"), [
      ["a draft", "pending", "draft", approve("draft")],
    ]),
    ...moveCases(illegal("issues_draft_only_submitted"), [
      ["a draft that becomes triaged", "pending", "draft", approve("triaged")],
    ]),
    ...moveCases(check("issues_not_approved_by_own_tester"), [
      ["by its own tester", ...OPEN, (w) => issue(approve(), { approved_by: w.tester })],
      [
        "by its own tester, changing the amount",
        ...APPROVED,
        (w) => issue(changeAmount, { approved_by: w.tester }),
      ],
    ]),
    ...moveCases(disagrees("issues_event_actor"), [
      [
        "by one admin, under another's name",
        ...OPEN,
        (w) => ({ ...approve(), event: { actor_id: w.otherAdmin } }),
      ],
      ["by nobody, as the event says", ...OPEN, { ...approve(), event: { actor_id: null } }],
      [
        "by one admin, changing the amount under another's name",
        ...APPROVED,
        (w) => ({ ...changeAmount, event: { actor_id: w.otherAdmin } }),
      ],
    ]),
    ...moveCases(check("issues_approved_by_someone"), [
      [
        "by nobody, though it was not imported",
        ...OPEN,
        { ...issue(approve(), { approved_by: null }), event: { actor_id: null } },
      ],
    ]),
    ...moveCases(illegal("issues_frozen_from_approval"), [
      [
        "and making it critical at the same time",
        ...OPEN,
        issue(approve(), { severity: "critical" }),
      ],
      [
        "and moving it to another cycle",
        ...OPEN,
        (w) => issue(approve(), { cycle_id: w.otherCycle }),
      ],
    ]),
    ...moveCases(check("issues_amount_with_commitment"), [
      ["without a currency", ...OPEN, issue(approve(), { approved_currency: null })],
      ["without an amount", ...OPEN, issue(approve(), { approved_amount: null })],
      ["without a time", ...OPEN, issue(approve(), { approved_at: null })],
    ]),
  ]);

  const amounts = (legal: readonly number[]): MoveLine[] =>
    legal.flatMap((amount) => [
      [`over ${amount}`, ...OPEN, { ...approve(), amount }],
      [`a change to ${amount}`, ...APPROVED, { ...changeAmount, amount }],
    ]);
  testEach(world, [
    ...moveCases(
      check("issues_amount_in_range"),
      amounts([0, -1, CAP + 1, Number.MAX_SAFE_INTEGER]),
    ),
    ...moveCases(undefined, amounts([1, CAP])),
  ]);
});

describe("refusing", () => {
  testEach(world, [
    ...moveCases(illegal("issues_rejection_closes"), [
      ["an open issue that stays open", ...OPEN, reject("duplicate", "open")],
      ["an open issue that becomes triaged", ...OPEN, reject("duplicate", "triaged")],
      ["an open issue that is closed as done", ...OPEN, reject("duplicate", "closed")],
      ["an approved issue that stays triaged", ...APPROVED, reject("duplicate", "triaged")],
      ["an approved issue that is closed as done", ...APPROVED, reject("duplicate", "closed")],
    ]),
    ...moveCases(illegal("issues_move_keeps_status"), [
      ["a triaged issue that becomes fixed", ...PENDING, reject("duplicate", "fixed")],
    ]),
    ...moveCases(disagrees("issues_event_reason"), [
      ["an open issue that closes for another reason", ...OPEN, reject("duplicate", "wont_fix")],
      [
        "an approved issue that closes for another reason",
        ...APPROVED,
        { ...closeNegative("duplicate"), reason: "wont_fix" },
      ],
      [
        "a paid issue that closes for no reason",
        ...PAID,
        { ...setStatus("duplicate"), event: { reason: null } },
      ],
    ]),
    ...moveCases(check("issue_events_rejection_reason"), [
      ["for a reason that is none of the four", ...PENDING, reject("because", "triaged")],
      ["for being closed, which is not negative", ...PENDING, reject("closed", "triaged")],
    ]),
    ...moveCases(check("issues_amount_with_commitment"), [
      [
        "an approved issue that keeps its amount",
        ...APPROVED,
        issue(closeNegative(), { approved_amount: 1000 }),
      ],
      [
        "an approved issue that keeps its approver",
        ...APPROVED,
        (w) => issue(closeNegative(), { approved_by: w.admin }),
      ],
      [
        "an approved issue that keeps amount, currency and time",
        ...APPROVED,
        issue(closeNegative(), {
          approved_amount: 1000,
          approved_currency: "KZT",
          approved_at: "2026-05-02",
        }),
      ],
    ]),
  ]);
});

describe("undoing", () => {
  const notUndone = { refusal: disagrees("issues_event_kind") };
  const after = (title: string, payout: string, steps: readonly Step[], to: string): Case => ({
    title,
    ...notUndone,
    given: async (w) => {
      const id = await issueIn(w, payout, "triaged");
      for (const step of steps) await inTransaction(w, () => move(w, id, step));
      return id;
    },
    attempt: (w, id) => move(w, id, undo(to)),
  });
  testEach(world, [
    ...moveCases(undefined, [
      ["an approval puts back the status it had", ...APPROVED, undo("open")],
    ]),
    after(
      "an approval that leaves the issue triaged though it was open",
      "approved",
      [],
      "triaged",
    ),
    after("an approval whose amount was changed since", "approved", [changeAmount], "triaged"),
    after("an approval though the bug was fixed since", "approved", [setStatus("fixed")], "fixed"),
    after("a refusal though the bug was fixed since", "rejected", [setStatus("fixed")], "fixed"),
    {
      title: "an approval that was paid and reversed since",
      ...notUndone,
      given: reversedIssue,
      attempt: (w, id) => move(w, id, undo("open")),
    },
  ]);
});
