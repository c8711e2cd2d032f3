/** What admins try with batches. */
import { db } from "~/database/client.server";
import { warningCode } from "~/domain/batch-warning";
import { Refusal } from "~/domain/refusal";
import { cancelBatch, leaveOut } from "./batch-cancel.server";
import { type BatchDone, confirmBatch, prepareBatch } from "./batch.server";
import {
  acts,
  type ModelBatch,
  type ModelIssue,
  type MoneyModel,
  openLines,
  release,
} from "./money-model.fixture";
import { attempt, type Attempt, type Plan, reasons } from "./money-model-step.fixture";
import type { World } from "./money-model-world.fixture";

type Prepare = {
  by: number;
  issues: readonly number[];
  /** Any issue, not only what is in the pay queue. */
  wild: boolean;
  /** The page showed another amount. */
  changed: boolean;
};

export const prepare =
  ({ by, issues, wild, changed }: Prepare): Plan =>
  (model) => {
    const pool = wild ? model.issues : model.payable();
    const chosen = [...new Set(issues.flatMap((n) => pool[n % Math.max(pool.length, 1)] ?? []))];
    if (chosen.length === 0) return null;
    const payable = model.payable();
    const amountOf = (issue: ModelIssue) => (issue.approved?.amount ?? 1) + (changed ? 1 : 0);
    let key = "";
    return attempt({
      refusals: reasons({
        own_issue: chosen.some(({ tester }) => tester === by),
        choice_changed: changed || chosen.some((issue) => !payable.includes(issue)),
      }),
      perform: (world) =>
        prepareBatch(
          {
            ...{ key: (key = world.newKey()), lines: [] },
            choices: chosen.map((i) => ({ issueId: world.issue(i), expected: amountOf(i) })),
          },
          world.act(by),
        ),
      apply: (world, { batchId }) => {
        model.prepare(chosen, by, key);
        world.prepared(batchId);
      },
    });
  };

function onBatch(
  number: number,
  plan: (batch: ModelBatch, model: MoneyModel) => Attempt | null,
): Plan {
  return (model) => {
    const batch = model.batches[number % Math.max(model.batches.length, 1)];
    return batch ? plan(batch, model) : null;
  };
}

/** The form of the batch once more, as Back and Send do; or with a line fewer or another amount. */
export const prepareAgain = (d: { batch: number; changed: boolean }): Plan =>
  onBatch(d.batch, ({ prepared: { by, key, choices } }) =>
    attempt({
      refusals: reasons({ key_reused: d.changed }),
      isReplay: !d.changed,
      perform: (world) =>
        prepareBatch(
          {
            ...{ key, lines: [] },
            choices: choices.map(({ issue, amount }) => ({
              issueId: world.issue(issue),
              expected: amount + (d.changed ? 1 : 0),
            })),
          },
          world.act(by),
        ),
      apply: () => {},
    }),
  );

type Confirm = { by: number; batch: number; otherReference: boolean };

const referenceOf = (model: MoneyModel, batch: ModelBatch, other: boolean) =>
  `R${model.batches.indexOf(batch)}${other ? "x" : ""}`;

export const confirm = (d: Confirm): Plan =>
  onBatch(d.batch, (batch, model) => {
    const reference = referenceOf(model, batch, d.otherReference);
    let key = "";
    const isReplay = batch.status === "confirmed" && batch.confirmed?.reference === reference;
    const isOpen = batch.status === "prepared";
    return attempt({
      refusals: reasons({
        own_issue: isOpen && openLines(batch).some(({ tester }) => tester === d.by),
        batch_closed: !isOpen && !isReplay,
      }),
      isReplay,
      perform: (world) =>
        sendConfirm(world, batch, { by: d.by, key: (key = world.newKey()), reference }),
      apply: () => {
        for (const line of openLines(batch)) line.issues.forEach(acts.pay);
        batch.status = "confirmed";
        batch.confirmed = { by: d.by, key, reference };
      },
    });
  });

export const confirmAgain = (d: { batch: number; changed: boolean }): Plan =>
  onBatch(d.batch, (batch) => {
    const sent = batch.confirmed;
    if (!sent) return null;
    const reference = sent.reference + (d.changed ? "y" : "");
    return attempt({
      refusals: reasons({ key_reused: d.changed }),
      isReplay: !d.changed,
      perform: (world) => sendConfirm(world, batch, { ...sent, reference }),
      apply: () => {},
    });
  });

type Sent = { by: number; key: string; reference: string };

/** As an admin would: read the warnings, tick them, press again, with the same key. */
async function sendConfirm(world: World, batch: ModelBatch, sent: Sent): Promise<BatchDone> {
  const { by, key, reference } = sent;
  const transfers = openLines(batch).map(({ tester, currency }) => ({
    ...{ testerId: world.person(tester), currency, method: "kaspi" as const, paidOn: null },
    reference: `${world.run} ${reference} ${tester}`,
  }));
  const post = { batchId: world.batch(batch), key, transfers };
  try {
    return await confirmBatch({ ...post, ticked: [] }, world.act(by));
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason.code !== "warnings") throw error;
    const ticked = error.reason.warnings.map(warningCode);
    return confirmBatch({ ...post, ticked }, world.act(by));
  }
}

export const leave = (d: { by: number; batch: number; line: number }): Plan =>
  onBatch(d.batch, (batch) => {
    const line = batch.lines[d.line % batch.lines.length];
    const isOpen = batch.status === "prepared";
    return attempt({
      refusals: reasons({
        batch_closed: !isOpen,
        last_line: line?.leftOut === false && openLines(batch).length === 1,
      }),
      isReplay: isOpen && line?.leftOut === true,
      perform: async (world) => {
        const transfer = await db().payoutTransfer.findFirstOrThrow({
          where: {
            ...{ batchId: world.batch(batch), currency: line?.currency },
            testerId: world.person(line?.tester ?? 0),
          },
        });
        return leaveOut({ batchId: world.batch(batch), transferId: transfer.id }, world.act(d.by));
      },
      apply: () => {
        if (!line) return;
        line.leftOut = true;
        release(line);
      },
    });
  });

export const cancel = (d: { by: number; batch: number }): Plan =>
  onBatch(d.batch, (batch) =>
    attempt({
      refusals: reasons({ batch_closed: batch.status === "confirmed" }),
      isReplay: batch.status === "cancelled",
      perform: (world) => cancelBatch(world.batch(batch), world.act(d.by)),
      apply: () => {
        openLines(batch).forEach(release);
        batch.status = "cancelled";
      },
    }),
  );
