/** What admins try once money has moved, and with the rates and the life of cycles. */
import { dateInZone } from "~/domain/team-date";
import { changeCycleStatus, cycleOf, ratesText, saveRates } from "./cycle.server";
import { acts, type ModelIssue, type Rates } from "./money-model.fixture";
import { onIssue } from "./money-model-issues.fixture";
import { attempt, type Plan, reasons } from "./money-model-step.fixture";
import type { World } from "./money-model-world.fixture";
import { reversePayment, voidPayment } from "./reversal.server";

const today = (world: World) => dateInZone(new Date(), world.act(0).zone);

export const bounce = (d: { by: number; issue: number; kind: "bounced" | "never_sent" }): Plan =>
  onIssue(d.issue, (issue) =>
    attempt({
      refusals: takeBackRefusals(issue, d.by),
      perform: (world) => reversePayment({ ...why(world, issue), kind: d.kind }, world.act(d.by)),
      apply: () => acts.takeBack(issue, "approved", true),
    }),
  );

export const voidPaid = (d: {
  by: number;
  issue: number;
  money: "returned" | "never_sent" | "kept";
}): Plan =>
  onIssue(d.issue, (issue) =>
    attempt({
      refusals: takeBackRefusals(issue, d.by),
      perform: (world) => voidPayment({ ...why(world, issue), money: d.money }, world.act(d.by)),
      apply: () => acts.takeBack(issue, "void", d.money !== "kept"),
    }),
  );

const why = (world: World, issue: ModelIssue) => ({
  ...{ issueId: world.issue(issue), version: issue.version, reason: "Wrong card" },
  on: today(world),
});

const takeBackRefusals = (issue: ModelIssue, by: number) =>
  reasons({
    own_issue: issue.tester === by,
    frozen: issue.heldIn !== null,
    illegal: issue.payout !== "paid",
  });

export const setRates =
  (d: { cycle: number; rates: Rates }): Plan =>
  (model) =>
    attempt({
      refusals: [],
      perform: async (world) => {
        const id = world.cycle(d.cycle);
        const shown = ratesText((await cycleOf(id))?.payoutRates ?? {});
        await saveRates({ id, rates: d.rates, shown }, world.person(0));
      },
      apply: () => {
        const cycle = model.cycles[d.cycle];
        if (cycle) cycle.rates = d.rates;
      },
    });

export const closeCycle =
  (d: { cycle: number; isOpen: boolean }): Plan =>
  (model) =>
    attempt({
      refusals: [],
      perform: async (world) => {
        const id = world.cycle(d.cycle);
        const shown = (await cycleOf(id))?.status ?? "open";
        await changeCycleStatus(
          { id, status: d.isOpen ? "open" : "closed", shown },
          world.person(0),
        );
      },
      apply: () => {
        const cycle = model.cycles[d.cycle];
        if (cycle) cycle.isOpen = d.isOpen;
      },
    });
