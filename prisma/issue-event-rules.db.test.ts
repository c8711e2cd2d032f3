/** Each legal move with one of its companions missing or wrong: the event, its kind, its texts, the version. */
import { describe } from "vitest";
import { bounced, confirm, prepare, writeReversal } from "./rules-batch";
import { type Case, testEach, inState } from "./rules-cases";
import {
  approve,
  changeAmount,
  closeNegative,
  edit,
  issueRow,
  move,
  reject,
  reopen,
  setStatus,
  type Step,
  undo,
  voidIt,
  type World,
} from "./rules-fixture";
import { check, disagrees, foreignKey, illegal, type Refusal, useWorld } from "./rules-refusal";
import { type Columns } from "./rules-sql";

const world = useWorld();

const KINDS = [
  ...["filed", "submitted", "edited", "severity_changed", "cycle_changed", "status_changed"],
  ...["approved", "rejected", "amount_changed", "undone", "voided", "paid", "reversed"],
];

type Move = {
  readonly title: string;
  /** Payout status and issue status before. */
  readonly from: readonly [payout: string, status: string];
  readonly step: Step;
  /** The kinds of event that may tell of it. */
  readonly kinds: readonly string[];
  /** What refuses any other kind, where another rule comes before issues_event_kind. */
  readonly otherKind?: Refusal;
  /** The reason or the note without which it is refused. */
  readonly text?: readonly [column: "reason" | "note", refusal: Refusal];
  /** What belongs to the same transaction, when that is more than the move. */
  readonly make?: (world: World, id: number, step: Step) => Promise<unknown>;
};

const REJECTION = check("issue_events_rejection_reason");
const VOIDING = check("issue_events_void_reason");
const REVERSING = check("issue_events_reversal_reason");
const STATUS_CHANGED = ["status_changed"];

const MOVES: readonly Move[] = [
  {
    ...{ title: "approving", from: ["pending", "open"], step: approve() },
    kinds: ["approved"],
  },
  {
    ...{ title: "refusing a triaged issue", from: ["pending", "triaged"] },
    ...{ step: reject("duplicate", "triaged"), kinds: ["rejected"] },
    text: ["reason", REJECTION],
  },
  {
    ...{ title: "refusing an open issue", from: ["pending", "open"], step: reject() },
    ...{ kinds: ["rejected", "status_changed"], text: ["reason", REJECTION] },
  },
  {
    ...{ title: "closing a pending issue negative", from: ["pending", "triaged"] },
    ...{ step: closeNegative(), kinds: STATUS_CHANGED, text: ["reason", REJECTION] },
  },
  {
    ...{ title: "undoing a refusal", from: ["rejected", "triaged"], step: undo("triaged") },
    kinds: ["undone"],
  },
  {
    ...{ title: "reopening", from: ["rejected", "duplicate"], step: reopen("in_progress") },
    kinds: STATUS_CHANGED,
  },
  {
    ...{ title: "undoing an approval", from: ["approved", "triaged"], step: undo("open") },
    ...{ kinds: ["undone"], otherKind: check("issue_events_only_undo_withdraws") },
  },
  {
    ...{ title: "closing an approved issue negative", from: ["approved", "triaged"] },
    ...{ step: closeNegative(), kinds: STATUS_CHANGED, text: ["reason", REJECTION] },
  },
  {
    ...{ title: "changing the amount", from: ["approved", "triaged"], step: changeAmount },
    ...{ kinds: ["amount_changed"], otherKind: disagrees("issues_event_written") },
    text: ["note", check("issue_events_amount_note")],
  },
  {
    ...{ title: "cancelling a commitment", from: ["approved", "triaged"], step: voidIt },
    ...{ kinds: ["voided"], otherKind: VOIDING, text: ["reason", VOIDING] },
  },
  {
    ...{ title: "paying", from: ["approved", "triaged"], step: { kind: "paid", payout: "paid" } },
    ...{ kinds: ["paid"], otherKind: check("issue_events_paid_by_batch") },
    make: async (w, id, issue) => confirm(w, await prepare(w, [id]), { issue }),
  },
  {
    ...{ title: "reversing a payment", from: ["paid", "triaged"], step: bounced },
    ...{ kinds: ["reversed"], otherKind: REVERSING, text: ["reason", REVERSING] },
    make: async (w, id, step) => {
      await move(w, id, step);
      await writeReversal(w, id);
    },
  },
  {
    ...{ title: "voiding a payment", from: ["paid", "triaged"], step: voidIt },
    ...{ kinds: ["voided"], otherKind: VOIDING, text: ["reason", VOIDING] },
  },
  {
    ...{ title: "submitting a draft", from: ["pending", "draft"] },
    ...{ step: { kind: "submitted", status: "open" }, kinds: ["submitted"] },
  },
  {
    ...{ title: "changing the status", from: ["pending", "triaged"] },
    ...{ step: setStatus("fixed"), kinds: STATUS_CHANGED },
  },
  {
    ...{ title: "editing", from: ["paid", "triaged"], step: edit },
    kinds: ["edited"],
  },
];

type Change = (version: number) => Partial<Step>;

/** The move with something about it changed; `version` is the issue's before the move. */
function changed({ from: [payout, status], step, make = move }: Move, change: Change) {
  return {
    given: inState(payout, status),
    attempt: async (w: World, id: number) => {
      const { version } = await issueRow(w, id);
      return make(w, id, { ...step, ...change(version) });
    },
  };
}

function withEvent(tried: Move, event: Columns) {
  return changed(tried, () => ({ event }));
}

function eventCases(tried: Move): Case[] {
  const unwritten = disagrees("issues_event_written");
  const broken = foreignKey("issue_events_chain_fkey");
  return [
    { title: "passes with all that belongs to it", ...changed(tried, () => ({})) },
    { title: "without an event", ...changed(tried, () => ({ event: null })), refusal: unwritten },
    {
      title: "whose event ends in another status",
      ...withEvent(tried, { to_status: "closed" }),
      refusal: unwritten,
    },
    {
      title: "whose event starts in another status",
      ...withEvent(tried, { from_status: "closed" }),
      refusal: broken,
    },
    {
      title: "whose event skips a version",
      ...changed(tried, (version) => ({ event: { version: version + 2 } })),
      refusal: broken,
    },
    {
      title: "that keeps the version",
      ...changed(tried, (version) => ({ issue: { version } })),
      refusal: illegal("issues_version_step"),
    },
    {
      title: "that skips a version",
      ...changed(tried, (version) => ({
        ...{ issue: { version: version + 2 }, event: { version: version + 2 } },
      })),
      refusal: illegal("issues_version_step"),
    },
    ...payoutCases(tried),
    ...moneyCases(tried),
    ...textCases(tried),
  ];
}

// An event that says "stayed" of a payout that moved.
function payoutCases(tried: Move): Case[] {
  const [payout] = tried.from;
  if ((tried.step.payout ?? payout) === payout) return [];
  const moneyOf: Columns =
    payout === "pending" || payout === "rejected" ? {} : { amount: 1000, currency: "KZT" };
  const stayed = withEvent(tried, { to_payout_status: payout, ...moneyOf });
  const refusal = disagrees("issues_event_written");
  return [{ title: "whose event leaves the payout where it was", ...stayed, refusal }];
}

function moneyCases(tried: Move): Case[] {
  const committed = ["approved", "paid", "void"].includes(tried.step.payout ?? tried.from[0]);
  const refusal = disagrees("issues_event_written");
  const wrong = [
    {
      title: "whose event tells another amount",
      ...withEvent(tried, { amount: 999, currency: "KZT" }),
    },
    {
      title: "whose event tells another currency",
      ...withEvent(tried, { amount: 1000, currency: "USD" }),
    },
  ];
  const lone = {
    ...withEvent(tried, { amount: 1000, currency: null }),
    refusal: check("issue_events_money"),
  };
  if (!committed) {
    return [
      ...wrong.map((it) => ({ ...it, refusal })),
      { title: "whose event tells an amount without currency", ...lone },
    ];
  }
  const none = withEvent(tried, { amount: null, currency: null });
  return [
    ...wrong.map((it) => ({ ...it, refusal })),
    { title: "whose event tells an amount without currency", ...lone },
    { title: "whose event tells no amount", ...none, refusal: check("issue_events_money") },
  ];
}

function textCases(tried: Move): Case[] {
  const long = "x".repeat(2001);
  const tooLong = check("issue_events_text_length");
  const longNote = {
    title: "with a note of 2,001 characters",
    ...withEvent(tried, { note: long }),
  };
  if (!tried.text) return [{ ...longNote, refusal: tooLong }];
  const [column, refusal] = tried.text;
  const missing = [null, "", " \t\n"].map((text) => ({
    title: `with the ${column} ${JSON.stringify(text)}`,
    ...withEvent(tried, { [column]: text }),
    refusal,
  }));
  return [{ ...longNote, refusal: tooLong }, ...missing];
}

function kindCases(tried: Move): Case[] {
  return KINDS.filter((kind) => !tried.kinds.includes(kind)).map((kind): Case => {
    const told = withEvent(tried, { kind, note: "As agreed" });
    const title = `told as "${kind}"`;
    if (kind === "filed") return { title, ...told, refusal: check("issue_events_first") };
    if (tried.otherKind) return { title, ...told, refusal: tried.otherKind };
    return { title, ...told, refusal: disagrees("issues_event_kind") };
  });
}

for (const tried of MOVES) {
  describe(tried.title, () => {
    testEach(world, eventCases(tried));
    testEach(world, kindCases(tried));
  });
}
