import { expect, test } from "vitest";
import { legalEvents, legalEventText, possibleStates } from "./legal-event";
import { LEGAL_PAYOUT_MOVES } from "./payout-status";

const texts = new Set(legalEvents().map(legalEventText));

test("the list holds what DESIGN 3 allows", () => {
  for (const legal of [
    "filed - draft/pending",
    "submitted draft/pending open/pending",
    "approved open/pending triaged/approved",
    "approved fixed/pending fixed/approved",
    "rejected open/pending duplicate/rejected",
    "undone triaged/approved open/pending",
    "undone duplicate/rejected open/pending",
    "amount_changed triaged/approved triaged/approved",
    "status_changed triaged/approved wont_fix/rejected",
    "status_changed wont_fix/rejected open/pending",
    "status_changed triaged/paid duplicate/paid",
    "paid triaged/approved triaged/paid",
    "reversed fixed/paid fixed/approved",
    "voided fixed/paid fixed/void",
    "edited open/pending open/pending",
  ])
    expect(texts).toContain(legal);
});

test("and nothing that it forbids", () => {
  for (const illegal of [
    "filed - triaged/pending",
    "approved open/pending open/approved",
    "approved draft/pending draft/approved",
    "rejected open/pending open/rejected",
    "undone triaged/paid open/pending",
    "paid open/pending open/paid",
    "status_changed triaged/approved wont_fix/approved",
    "status_changed open/pending draft/pending",
    "voided triaged/void triaged/void",
    "reversed triaged/void triaged/approved",
  ])
    expect(texts).not.toContain(illegal);
});

test("its moves of the money are exactly those of the table", () => {
  const moves = new Set(
    legalEvents().flatMap(({ kind, from, to }) =>
      from && (from.payoutStatus !== to.payoutStatus || kind === "amount_changed")
        ? [`${from.payoutStatus} ${to.payoutStatus}`]
        : [],
    ),
  );
  expect([...moves].sort()).toEqual(LEGAL_PAYOUT_MOVES.map((m) => `${m.from} ${m.to}`).sort());
});

test("no move leads out of the states that an issue can be in", () => {
  const states = new Set(possibleStates().map((s) => `${s.status}/${s.payoutStatus}`));
  for (const { to } of legalEvents()) expect(states).toContain(`${to.status}/${to.payoutStatus}`);
});
