import { type Tx, transaction } from "~/database/transaction.server";
import type { IssueEventKind } from "~/domain/issue-move";
import type { ImportFinding } from "./issue-import-finding";
import { inHalves } from "./issue-import-halves.server";
import {
  advance,
  type FiledRow,
  fileIssues,
  insertEvents,
  type Step,
} from "./issue-import-history.server";
import { paymentsOf, prepareBatches, settleBatches } from "./issue-import-payment.server";
import { avoidScans } from "./issue-import-prepare.server";
import type { ImportRun, PlannedRow } from "./issue-import-run";

export type Written = {
  readonly imported: number;
  readonly payments: number;
  readonly batches: number;
  readonly findings: readonly ImportFinding[];
};

/** Writes the issues of a chunk with their history and payments: one transaction, all or nothing. */
export async function writeChunk(rows: readonly PlannedRow[], run: ImportRun): Promise<Written> {
  if (rows.length === 0) return { imported: 0, payments: 0, batches: 0, findings: [] };
  const { results, refused } = await inHalves(rows, (some) =>
    transaction((tx) => write(tx, some, run)),
  );
  const sum = (what: "imported" | "payments" | "batches") =>
    results.reduce((total, part) => total + part[what], 0);
  return {
    imported: sum("imported"),
    payments: sum("payments"),
    batches: sum("batches"),
    findings: refused,
  };
}

async function write(tx: Tx, planned: readonly PlannedRow[], run: ImportRun) {
  await avoidScans(tx);
  const rows = await file(tx, planned, run);
  const payments = paymentsOf(rows);
  const transfers = payments.length > 0 ? await prepareBatches(tx, payments, run.actorId) : [];
  const batchOf = new Map(
    transfers.flatMap((t) => t.items.map((item) => [item.issueId, t.batchId])),
  );
  await insertEvents(tx, rows, batchOf, run);
  await advanceAll(tx, rows.map(stepsBeforePayment), run);
  if (payments.length > 0) {
    const steps = rows.flatMap((row) => stepsOf(row).filter(isPayment));
    await settleBatches(tx, steps, transfers, run.actorId);
    await advanceAll(tx, rows.map(stepsAfterPayment), run);
  }
  const batches = new Set(transfers.map((transfer) => transfer.batchId)).size;
  return { imported: rows.length, payments: payments.length, batches };
}

async function file(tx: Tx, planned: readonly PlannedRow[], run: ImportRun): Promise<FiledRow[]> {
  const ids = await fileIssues(tx, planned, run);
  return planned.map((row) => {
    const issueId = ids.get(row.row.externalId);
    if (issueId === undefined) throw new Error(`Line ${row.line}: its issue was not written.`);
    return { ...row, issueId };
  });
}

type KindOfStep = Step & { readonly kind: IssueEventKind };

/** All but the filing, which came with the issue. */
function stepsOf({ issueId, events }: FiledRow): KindOfStep[] {
  return events.slice(1).map(({ version, event }) => ({ issueId, version, kind: event.kind }));
}

/** A payment takes a batch to get past. */
function isPayment({ kind }: KindOfStep): boolean {
  return kind === "paid";
}

function stepsBeforePayment(row: FiledRow): Step[] {
  const steps = stepsOf(row);
  const payment = steps.findIndex(isPayment);
  return payment === -1 ? steps : steps.slice(0, payment);
}

function stepsAfterPayment(row: FiledRow): Step[] {
  const steps = stepsOf(row);
  const payment = steps.findIndex(isPayment);
  return payment === -1 ? [] : steps.slice(payment + 1);
}

/** The first step of every row in one statement, then the second of those that have one, and so on. */
async function advanceAll(tx: Tx, rows: readonly (readonly Step[])[], { actorId }: ImportRun) {
  for (let turn = 0; ; turn++) {
    const steps = rows.flatMap((row) => row[turn] ?? []);
    if (steps.length === 0) return;
    const moved = await advance(tx, steps, actorId);
    if (moved !== steps.length) throw new Error(`${moved} of ${steps.length} issues moved`);
  }
}
