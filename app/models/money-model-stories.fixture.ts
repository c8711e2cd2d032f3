/** The acts a random story is made of, and how often each. */
import fc from "fast-check";
import {
  cancel,
  confirm,
  confirmAgain,
  leave,
  prepare,
  prepareAgain,
} from "./money-model-batches.fixture";
import { ADMINS, CLOSINGS, REPORTERS, type Severity, type Status } from "./money-model.fixture";
import {
  approve,
  edit,
  file,
  mend,
  move,
  price,
  reject,
  submit,
  undo,
  voidCommitment,
} from "./money-model-issues.fixture";
import { bounce, closeCycle, setRates, voidPaid } from "./money-model-payments.fixture";
import { type Plan, Race, Step } from "./money-model-step.fixture";

const admin = fc.constantFrom(...ADMINS);
const pick = fc.nat({ max: 30 });
/** A few amounts often meet, and so do their sums. */
const amount = fc.constantFrom(1, 100_000, 300_000, 300_001, 1_000_000_000);
const severity = fc.constantFrom<Severity>("low", "medium", "high", "critical");
const OPEN: readonly Status[] = ["open", "triaged", "in_progress", "fixed", "closed"];
const status = fc.constantFrom<Status>(...OPEN, ...CLOSINGS);

/** Each as a command with its arguments in its text. */
function step<Args>(name: string, args: fc.Arbitrary<Args>, plan: (args: Args) => Plan) {
  return args.map((given) => new Step(`${name} ${JSON.stringify(given)}`, plan(given)));
}

function race<Args>(
  name: string,
  args: fc.Arbitrary<Args>,
  plans: (args: Args) => readonly [Plan, Plan],
) {
  return args.map((given) => new Race(`${name} at once ${JSON.stringify(given)}`, plans(given)));
}

/**
 * How every story begins, so that there is something to pay and to take back from the start: six reports, most of them
 * approved, two of those paid.
 */
export const OPENING = [
  ...REPORTERS.flatMap((tester) =>
    ([0, 1] as const).map((cycle) => {
      const filing = { tester, cycle, severity: cycle ? "high" : "low", draft: false } as const;
      return new Step(`open with ${JSON.stringify(filing)}`, file(filing));
    }),
  ),
  ...[0, 1, 2, 3, 4].map(
    (issue) => new Step(`open with approving ${issue}`, approve({ by: 0, issue })),
  ),
  new Step("open with preparing", prepare({ by: 0, issues: [0, 3], wild: false, changed: false })),
  new Step("open with confirming", confirm({ by: 0, batch: 0, otherReference: false })),
];

const decision = { by: admin, issue: pick };
const rarely = fc.integer({ min: 0, max: 7 }).map((n) => n === 7);
const closing = fc.constantFrom(...CLOSINGS);
const cycle = fc.nat({ max: 1 });
const filing = fc.record({
  ...{ tester: fc.constantFrom(...REPORTERS), cycle, severity, draft: rarely },
});

export const ISSUE_STEPS = [
  // Most of what happens happens to something that was filed, and approved.
  step("file", filing, file),
  step("file", filing, file),
  step("approve", fc.record({ ...decision, stale: rarely }), approve),
  step("approve", fc.record({ ...decision }), approve),
  step("approve at", fc.record({ ...decision, amount }), approve),
  step("reject", fc.record({ ...decision, reason: closing, stale: rarely }), reject),
  step("undo", fc.record(decision), undo),
  step("undo", fc.record({ ...decision, stale: fc.constant(true) }), undo),
  step("change the amount", fc.record({ ...decision, amount }), mend),
  step("move", fc.record({ ...decision, to: status }), move),
  step("price", fc.record({ ...decision, to: severity }), price),
  step("void", fc.record(decision), voidCommitment),
  step("edit", fc.record({ issue: pick, word: fc.nat({ max: 2 }) }), edit),
  step("submit", fc.record({ issue: pick }), submit),
  race("approve and reject", fc.record({ issue: pick, reason: closing }), ({ issue, reason }) => [
    approve({ by: 0, issue }),
    reject({ by: 1, issue, reason }),
  ]),
  race("approve twice", fc.record({ issue: pick }), ({ issue }) => [
    approve({ by: 0, issue }),
    approve({ by: 1, issue }),
  ]),
];

const chosen = fc.record({
  ...{ by: admin, wild: rarely, changed: rarely },
  issues: fc.array(pick, { minLength: 1, maxLength: 5 }),
});
const confirming = fc.record({ by: admin, batch: pick, otherReference: rarely });
const again = fc.record({ batch: pick, changed: rarely });

export const BATCH_STEPS = [
  step("prepare", chosen, prepare),
  step("prepare", chosen, prepare),
  step("prepare again", again, prepareAgain),
  step("confirm", confirming, confirm),
  step("confirm", confirming, confirm),
  step("confirm again", again, confirmAgain),
  step("leave out", fc.record({ by: admin, batch: pick, line: fc.nat({ max: 3 }) }), leave),
  step("cancel", fc.record({ by: admin, batch: pick }), cancel),
  race("confirm twice", fc.record({ batch: pick }), ({ batch }) => [
    confirm({ by: 0, batch, otherReference: false }),
    confirm({ by: 1, batch, otherReference: false }),
  ]),
  race("confirm and cancel", fc.record({ batch: pick }), ({ batch }) => [
    confirm({ by: 0, batch, otherReference: false }),
    cancel({ by: 1, batch }),
  ]),
  race(
    "prepare twice",
    fc.record({ issues: fc.array(pick, { minLength: 1, maxLength: 3 }) }),
    ({ issues }) => [
      prepare({ by: 0, issues, wild: false, changed: false }),
      prepare({ by: 1, issues, wild: false, changed: false }),
    ],
  ),
  race("prepare and close", fc.record({ issue: pick, to: closing }), ({ issue, to }) => [
    prepare({ by: 0, issues: [issue], wild: true, changed: false }),
    move({ by: 1, issue, to }),
  ]),
];

const reversal = { by: admin, issue: pick };
const rate = fc.option(fc.constantFrom(1, 50_000, 300_000), { nil: undefined });
const rates = fc.record({
  currency: fc.constantFrom("KZT" as const, "USD" as const),
  ...{ critical: rate, high: rate, medium: rate, low: rate },
});

export const AFTERMATH_STEPS = [
  step(
    "bounce",
    fc.record({ ...reversal, kind: fc.constantFrom("bounced", "never_sent") }),
    bounce,
  ),
  step(
    "void what is paid",
    fc.record({ ...reversal, money: fc.constantFrom("returned", "never_sent", "kept") }),
    voidPaid,
  ),
  race("bounce and void what is paid", fc.record({ issue: pick }), ({ issue }) => [
    bounce({ by: 0, issue, kind: "bounced" }),
    voidPaid({ by: 1, issue, money: "returned" }),
  ]),
  step("set rates", fc.record({ cycle, rates }), setRates),
  step("close or open", fc.record({ cycle, isOpen: fc.boolean() }), closeCycle),
];
