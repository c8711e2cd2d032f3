/** How an issue starts, and that its events tell what happened and nothing else (DESIGN 3). */
import { describe } from "vitest";
import { type Case, testEach, inState } from "./rules-cases";
import { file, issueRow, move, setStatus } from "./rules-fixture";
import {
  check,
  disagrees,
  foreignKey,
  illegal,
  type Refusal,
  unique,
  useWorld,
} from "./rules-refusal";
import { type Columns, insert, inTransaction } from "./rules-sql";

const world = useWorld();

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
    twice("the same form twice", unique("issues_filing_key"), { filing_key: "form 1" }),
    twice("the same imported row twice", unique("issues_external_id_key"), { external_id: "E1" }),
  ]);
});

function twice(title: string, refusal: Refusal, columns: Columns): Case {
  return {
    ...{ title, refusal },
    given: (w) => inTransaction(w, () => file(w, { issue: columns })),
    attempt: (w) => file(w, { issue: columns }),
  };
}

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
      "of a batch that does not exist",
      foreignKey("issue_events_batch_id_fkey"),
      (version) => ({
        ...{ version: version + 1, batch_id: 1_000_000 },
      }),
    ),
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
