/** What stays fixed once it is written: the approved amount, the issue's identity, its events; and how an issue starts. */
import { describe } from "vitest";
import { type Case, moveCases, type MoveLine, testEach, inState } from "./rules-cases";
import {
  changeAmount,
  edit,
  file,
  issueRow,
  move,
  setStatus,
  type Step,
  voidIt,
} from "./rules-fixture";
import {
  check,
  disagrees,
  foreignKey,
  illegal,
  type Refusal,
  unique,
  useWorld,
} from "./rules-refusal";
import { type Columns, insert } from "./rules-sql";

const world = useWorld();

const issue = (step: Step, columns: Columns): Step => ({ ...step, issue: columns });
const PENDING = ["pending", "triaged"] as const;
const APPROVED = ["approved", "triaged"] as const;
const PAID = ["paid", "triaged"] as const;

describe("an approved amount", () => {
  const moved = (columns: Columns): MoveLine[] => [
    ["in a change of the status", ...APPROVED, issue(setStatus("fixed"), columns)],
    ["in a void", ...APPROVED, issue(voidIt, columns)],
    ["of a paid issue", ...PAID, issue(edit, columns)],
    ["of a paid issue that is voided", ...PAID, issue(voidIt, columns)],
    ["of a void issue", "void", "triaged", issue(edit, columns)],
  ];
  const titled = (what: string, lines: readonly MoveLine[]): MoveLine[] =>
    lines.map(([title, ...rest]) => [`${what} ${title}`, ...rest]);
  testEach(world, [
    ...moveCases(illegal("issues_amount_fixed"), [
      ...titled("has another currency", moved({ approved_currency: "USD" })),
      ...titled("is another", moved({ approved_amount: 999 }).slice(1)),
      [
        "has another currency after a change of the amount",
        ...APPROVED,
        issue(changeAmount, { approved_currency: "USD" }),
      ],
    ]),
    ...moveCases(disagrees("issues_event_written"), [
      ["is another in an edit, and the event says so", ...APPROVED, { ...edit, amount: 999 }],
    ]),
    ...moveCases(check("issues_amount_with_commitment"), [
      ["stands on a pending issue", ...PENDING, issue(edit, { approved_amount: 1000 })],
      ["vanishes from a paid issue", ...PAID, issue(edit, { approved_amount: null })],
      [
        "vanishes with its currency and time",
        ...PAID,
        issue(edit, { approved_amount: null, approved_currency: null, approved_at: null }),
      ],
    ]),
    ...moveCases(
      illegal("issues_move_keeps_status"),
      [
        ["changes together with the status", ...APPROVED, { ...changeAmount, status: "fixed" }],
        [
          "is cancelled together with a change of the status",
          ...APPROVED,
          { ...voidIt, status: "fixed" },
        ],
        [
          "is cancelled after the payment together with a change of the status",
          ...PAID,
          { ...voidIt, status: "fixed" },
        ],
      ],
      true,
    ),
    ...moveCases(
      illegal("issues_approval_fixed"),
      [
        [
          "has another approver later",
          ...APPROVED,
          (w) => issue(edit, { approved_by: w.otherAdmin }),
        ],
        ["has no approver later", ...PAID, issue(edit, { approved_by: null })],
        [
          "was approved at another time, as it says later",
          ...PAID,
          issue(edit, { approved_at: "2026-01-01" }),
        ],
      ],
      true,
    ),
  ]);
});

describe("severity, cycle and tester", () => {
  const committed = [APPROVED, PAID, ["void", "triaged"] as const];
  testEach(world, [
    ...moveCases(undefined, [
      [
        "the severity of a pending issue may change",
        ...PENDING,
        issue({ kind: "severity_changed" }, { severity: "low" }),
      ],
      [
        "the cycle of a pending issue may change",
        ...PENDING,
        (w) => issue({ kind: "cycle_changed" }, { cycle_id: w.otherCycle }),
      ],
    ]),
    ...moveCases(
      illegal("issues_frozen_from_approval"),
      committed.flatMap((state): MoveLine[] => [
        [
          `the severity changes once it is ${state[0]}`,
          ...state,
          issue({ kind: "severity_changed" }, { severity: "low" }),
        ],
        [
          `the cycle changes once it is ${state[0]}`,
          ...state,
          (w) => issue({ kind: "cycle_changed" }, { cycle_id: w.otherCycle }),
        ],
      ]),
    ),
    ...moveCases(illegal("issues_identity_fixed"), [
      [
        "another tester takes a pending issue",
        ...PENDING,
        (w) => issue(edit, { tester_id: w.otherTester }),
      ],
      [
        "another tester takes a paid issue",
        ...PAID,
        (w) => issue(edit, { tester_id: w.otherTester }),
      ],
      ["an issue gets another number", ...PENDING, issue(edit, { id: 1_000_000 })],
      [
        "an issue was created at another time",
        ...PENDING,
        issue(edit, { created_at: "2020-01-01" }),
      ],
      ["an issue was filed at another time", ...PENDING, issue(edit, { filed_at: "2020-01-01" })],
    ]),
  ]);
});

describe("filing", () => {
  const filing = (
    title: string,
    refusal: Refusal | undefined,
    columns: Columns,
    event?: Columns | null,
  ): Case => ({
    ...{ title, ...(refusal ? { refusal } : {}) },
    given: () => Promise.resolve(0),
    attempt: (w) => file(w, event === undefined ? { issue: columns } : { issue: columns, event }),
  });
  const start = illegal("issues_legal_start");
  const first = check("issue_events_first");
  testEach(world, [
    filing("a draft without a title is legal", undefined, { status: "draft", title: "" }),
    filing("without an event", disagrees("issues_event_written"), {}, null),
    filing("as triaged", start, { status: "triaged" }),
    filing("as a duplicate", start, { status: "duplicate", payout_status: "rejected" }),
    filing("as approved", start, {
      payout_status: "approved",
      approved_amount: 1,
      approved_currency: "KZT",
      approved_at: "2026-05-01",
    }),
    filing("at version 2", start, { version: 2 }),
    filing("with an event of another kind", first, {}, { kind: "edited" }),
    filing(
      "with an event that starts somewhere",
      first,
      {},
      { from_status: "draft", from_payout_status: "pending" },
    ),
    filing("with an event of version 2", first, {}, { version: 2 }),
    filing("with an event of version 0", first, {}, { version: 0 }),
    filing(
      "with an event of another status",
      disagrees("issues_event_written"),
      {},
      { to_status: "draft" },
    ),
    filing("a draft that is filed", check("issues_filed_unless_draft"), {
      status: "draft",
      filed_at: "2026-05-01",
    }),
    filing("an open issue that is not filed", check("issues_filed_unless_draft"), {
      filed_at: null,
    }),
    filing("with a blank title", check("issues_title_present"), { title: " \t" }),
    filing("with a title of 256 characters", check("issues_title_length"), {
      title: "x".repeat(256),
    }),
    filing("with a body of 20,001 characters", check("issues_body_length"), {
      body: "x".repeat(20_001),
    }),
  ]);
});

describe("an event", () => {
  const event = (title: string, refusal: Refusal, columns: (version: number) => Columns): Case => ({
    ...{ title, refusal },
    given: inState("pending"),
    attempt: async (w, id) => {
      const { version } = await issueRow(w, id);
      const stays = {
        from_status: "triaged",
        to_status: "triaged",
        from_payout_status: "pending",
        to_payout_status: "pending",
      };
      await insert(w, "issue_events", {
        issue_id: id,
        kind: "edited",
        ...stays,
        ...columns(version),
      });
    },
  });
  testEach(world, [
    event("of a change that never happened", disagrees("issue_events_happened"), (version) => ({
      version: version + 1,
    })),
    event("of a version far ahead", foreignKey("issue_events_chain_fkey"), (version) => ({
      version: version + 2,
    })),
    event("of a version that has one", unique("issue_events_version_key"), (version) => ({
      version,
      from_status: "open",
      to_status: "fixed",
    })),
    event(
      "that goes from a payout status it was not in",
      foreignKey("issue_events_chain_fkey"),
      (version) => ({ version: version + 1, from_payout_status: "rejected" }),
    ),
    event("of an issue that does not exist", foreignKey("issue_events_issue_id_fkey"), () => ({
      issue_id: 1_000_000,
      version: 1,
      kind: "filed",
      from_status: null,
      from_payout_status: null,
      to_status: "open",
    })),
    event(
      "by somebody who does not exist",
      foreignKey("issue_events_actor_id_fkey"),
      (version) => ({ version: version + 1, actor_id: 1_000_000 }),
    ),
    {
      title: "for two changes at once",
      refusal: foreignKey("issue_events_chain_fkey"),
      given: inState("pending"),
      attempt: async (w, id) => {
        await move(w, id, { ...setStatus("fixed"), event: null });
        await move(w, id, setStatus("closed"));
      },
    },
  ]);
});
