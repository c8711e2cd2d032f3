/** What testers and admins try with single issues. Numbers pick among what there is, so that every story can shrink. */
import {
  approveIssue,
  changeAmount,
  rejectIssue,
  undoDecision,
  voidApproved,
} from "./decision.server";
import { editIssue, fileIssue, submitIssue } from "./issue-filing.server";
import { changeIssueStatus } from "./issue-status-change.server";
import {
  acts,
  type Closing,
  type ModelIssue,
  type MoneyModel,
  type Severity,
  type Status,
} from "./money-model.fixture";
import { attempt, type Attempt, type Plan, reasons } from "./money-model-step.fixture";
import type { World } from "./money-model-world.fixture";
import { changeSeverity } from "./severity-change.server";

function picked(model: MoneyModel, number: number): ModelIssue | null {
  return model.issues[number % Math.max(model.issues.length, 1)] ?? null;
}

export function onIssue(
  number: number,
  plan: (issue: ModelIssue, model: MoneyModel) => Attempt,
): Plan {
  return (model) => {
    const issue = picked(model, number);
    return issue && plan(issue, model);
  };
}

const isHeld = (issue: ModelIssue) => issue.heldIn !== null;
const isEditable = ({ status: at, payout }: ModelIssue) =>
  at === "draft" || (at === "open" && payout === "pending");

export type Decision = { by: number; issue: number };

export const approve = (d: Decision & { amount?: number | undefined; stale?: boolean }): Plan =>
  onIssue(d.issue, (issue, model) => {
    const suggested = model.suggested(issue);
    const { currency } = model.cycleOf(issue).rates;
    const money = d.amount === undefined ? suggested : { amount: d.amount, currency };
    return attempt({
      refusals: reasons({
        own_issue: issue.tester === d.by,
        frozen: isHeld(issue),
        stale: d.stale === true,
        no_suggestion: money === null,
        illegal: issue.status === "draft" || issue.payout !== "pending",
      }),
      perform: (world) =>
        approveIssue({ ...shown(world, issue, d.stale), amount: d.amount }, world.act(d.by)),
      apply: () => money && acts.approve(issue, money),
    });
  });

export const reject = (d: Decision & { reason: Closing; stale?: boolean }): Plan =>
  onIssue(d.issue, (issue) =>
    attempt({
      refusals: reasons({
        frozen: isHeld(issue),
        stale: d.stale === true,
        illegal: issue.status === "draft" || issue.payout !== "pending",
      }),
      perform: (world) =>
        rejectIssue({ ...shown(world, issue, d.stale), reason: d.reason }, world.act(d.by)),
      apply: () => acts.reject(issue, d.reason),
    }),
  );

export const undo = (d: Decision & { stale?: boolean }): Plan =>
  onIssue(d.issue, (issue) =>
    attempt({
      refusals: reasons({
        frozen: isHeld(issue),
        stale: d.stale === true,
        illegal: issue.undoTo === null,
      }),
      perform: (world) => undoDecision(shown(world, issue, d.stale), world.act(d.by)),
      apply: () => acts.undo(issue),
    }),
  );

export const mend = (d: Decision & { amount: number }): Plan =>
  onIssue(d.issue, (issue) =>
    attempt({
      refusals: reasons({
        frozen: isHeld(issue),
        own_issue: issue.tester === d.by,
        illegal: issue.payout !== "approved" || issue.approved?.amount === d.amount,
      }),
      perform: (world) =>
        changeAmount({ ...shown(world, issue), amount: d.amount, note: "Agreed" }, world.act(d.by)),
      apply: () => acts.changeAmount(issue, d.amount),
    }),
  );

export const move = (d: Decision & { to: Status }): Plan =>
  onIssue(d.issue, (issue) =>
    attempt({
      refusals: reasons({
        frozen: isHeld(issue),
        illegal: issue.status === "draft" || issue.status === d.to,
      }),
      perform: (world) => changeIssueStatus({ ...shown(world, issue), to: d.to }, world.act(d.by)),
      apply: () => acts.changeStatus(issue, d.to),
    }),
  );

export const price = (d: Decision & { to: Severity }): Plan =>
  onIssue(d.issue, (issue) =>
    attempt({
      refusals: reasons({
        frozen: isHeld(issue),
        illegal: issue.status === "draft" || issue.payout !== "pending",
      }),
      perform: (world) => changeSeverity({ ...shown(world, issue), to: d.to }, world.act(d.by)),
      apply: () => issue.severity !== d.to && acts.changeSeverity(issue, d.to),
    }),
  );

export const voidCommitment = (d: Decision): Plan =>
  onIssue(d.issue, (issue) =>
    attempt({
      refusals: reasons({ frozen: isHeld(issue), illegal: issue.payout !== "approved" }),
      perform: (world) =>
        voidApproved({ ...shown(world, issue), reason: "Not ours" }, world.act(d.by)),
      apply: () => acts.void(issue),
    }),
  );

type Filing = { tester: number; cycle: number; severity: Severity; draft: boolean };

export const file =
  ({ draft, ...filed }: Filing): Plan =>
  (model) => {
    const title = `Report ${model.issues.length}`;
    return attempt({
      refusals: reasons({ cycle_closed: model.cycles[filed.cycle]?.isOpen === false }),
      perform: (world) => {
        const text = { ...filed, title, body: "", cycleId: world.cycle(filed.cycle) };
        const key = world.newKey();
        return fileIssue({ ...text, key, draft }, world.act(filed.tester));
      },
      apply: (world, { id }) => {
        model.file({ ...filed, title }, draft);
        world.filed(id);
      },
    });
  };

export const edit = (d: { issue: number; word: number }): Plan =>
  onIssue(d.issue, (issue) => {
    const title = `Report, edited ${d.word}`;
    return attempt({
      refusals: reasons({ frozen: isHeld(issue), illegal: !isEditable(issue) }),
      perform: (world) => editIssue({ ...textOf(world, issue), title }, world.act(issue.tester)),
      apply: () => title !== issue.title && acts.edit(issue, title),
    });
  });

export const submit = (d: { issue: number }): Plan =>
  onIssue(d.issue, (issue, model) =>
    attempt({
      refusals: reasons({
        frozen: isHeld(issue),
        illegal: issue.status !== "draft",
        cycle_closed: !model.cycleOf(issue).isOpen,
      }),
      perform: (world) => submitIssue(textOf(world, issue), world.act(issue.tester)),
      apply: () => acts.submit(issue),
    }),
  );

const textOf = (world: World, issue: ModelIssue) => ({
  ...{ issueId: world.issue(issue), cycleId: world.cycle(issue.cycle), body: "" },
  ...{ severity: issue.severity, title: issue.title },
});

function shown(world: World, issue: ModelIssue, stale = false) {
  return { issueId: world.issue(issue), version: issue.version + (stale ? 1 : 0) };
}
