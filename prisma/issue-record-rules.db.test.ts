/** What stays fixed once it is written: the approved amount, who approved it, and what the issue is (DESIGN 3). */
import { describe } from "vitest";
import { moveCases, type MoveLine, testEach } from "./rules-cases";
import { changeAmount, edit, setStatus, type Step, voidIt } from "./rules-fixture";
import { check, disagrees, illegal, useWorld } from "./rules-refusal";
import { type Columns } from "./rules-sql";

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
    ...moveCases(illegal("issues_move_keeps_status"), [
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
    ]),
    ...moveCases(illegal("issues_approval_fixed"), [
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
    ]),
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
