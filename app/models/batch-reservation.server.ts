import type { Tx } from "~/database/transaction.server";
import { groupIntoTransfers, type PayableItem } from "~/domain/batch";
import type { LineChoice, PayChoice } from "~/domain/choice";
import { type Currency, type Money, toMinor } from "~/domain/money";
import type { PayoutStatus } from "~/domain/payout-status";
import { type ChoiceChange, type LineChange, refuse } from "~/domain/refusal";
import type { Act } from "./issue-change.server";

export type Choice = {
  readonly lines: readonly LineChoice[];
  readonly choices: readonly (PayChoice & {
    /** batch-pay says whose and in which currency; a page's checkbox does not. */
    readonly testerId?: number;
    readonly currency?: Currency;
  })[];
};

type Candidate = {
  id: number;
  tester_id: number;
  title: string;
  payout_status: PayoutStatus;
  approved_amount: bigint | null;
  approved_currency: Currency | null;
  held_by: number | null;
};

type Checked = { items: PayableItem[]; changes: ChoiceChange[]; lineChanges: LineChange[] };

/**
 * Reserves the chosen issues in a new batch: locks them by id, compares each with what the page showed, and writes the
 * batch, one transfer per tester and currency, and their items. All or nothing: throws Refusal `choice_changed` with
 * every difference, or `own_issue`.
 */
export async function reserve(
  tx: Tx,
  batchId: number,
  choice: Choice,
  act: Act,
): Promise<PayableItem[]> {
  const candidates = await lockCandidates(tx, choice);
  refuseOwn(candidates, act);
  const checked = checkCandidates(candidates, choice);
  if (checked.changes.length > 0 || checked.lineChanges.length > 0) {
    await refuseChanged(tx, choice, checked);
  }
  await writeBatch(tx, batchId, checked.items, act);
  return checked.items;
}

async function lockCandidates(tx: Tx, choice: Choice): Promise<Candidate[]> {
  const candidates = await lockIssues(tx, choice);
  // A statement of its own: only now, with the locks held, is every earlier reservation to be seen.
  const held = await tx.$queryRaw<{ issue_id: number; batch_id: number }[]>`
    SELECT issue_id, batch_id FROM payout_batch_items
      WHERE state = 'reserved' AND issue_id = ANY(${candidates.map((c) => c.id)}::int[])`;
  const heldBy = new Map(held.map((item) => [item.issue_id, item.batch_id]));
  return candidates.map((c) => ({ ...c, held_by: heldBy.get(c.id) ?? null }));
}

// Sorted by id below the lock: every transaction takes these locks in the same order (DESIGN 5).
function lockIssues(tx: Tx, { lines, choices }: Choice): Promise<Omit<Candidate, "held_by">[]> {
  return tx.$queryRaw<Candidate[]>`
    SELECT i.id, i.tester_id, i.title, i.payout_status, i.approved_amount, i.approved_currency
      FROM issues i
      WHERE i.id IN (
        SELECT unnest(${choices.map((c) => c.issueId)}::int[])
        UNION
        SELECT a.id
          FROM unnest(${lines.map((l) => l.testerId)}::int[], ${lines.map((l) => l.currency)}::currency[])
            AS line (tester_id, currency)
          JOIN issues a ON a.tester_id = line.tester_id AND a.approved_currency = line.currency
           AND a.payout_status = 'approved')
      ORDER BY i.id FOR UPDATE OF i`;
}

// Nobody pays their own issues (DESIGN 3).
function refuseOwn(candidates: readonly Candidate[], act: Act): void {
  const own = candidates.filter((candidate) => candidate.tester_id === act.actorId);
  if (own.length > 0) refuse({ code: "own_issue", issueIds: own.map((issue) => issue.id) });
}

function checkCandidates(candidates: readonly Candidate[], choice: Choice): Checked {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const items: PayableItem[] = [];
  const changes: ChoiceChange[] = [];
  for (const chosen of choice.choices) {
    const found = byId.get(chosen.issueId);
    const change = changeOf(chosen, found);
    const amount = found && moneyOf(found);
    if (change) changes.push(change);
    else if (found && amount)
      items.push({ issueId: found.id, testerId: found.tester_id, money: amount });
  }
  const lineChanges: LineChange[] = [];
  for (const line of choice.lines) {
    const inLine = candidates.filter((c) => isOfLine(c, line));
    const payable = inLine.flatMap((c) => {
      const amount = moneyOf(c);
      return amount ? [{ issueId: c.id, testerId: c.tester_id, money: amount }] : [];
    });
    const total = payable.reduce((sum, item) => toMinor(sum + item.money.amount), 0);
    if (payable.length === line.count && total === line.total) items.push(...payable);
    else lineChanges.push(lineChangeOf(line, payable.length, total));
  }
  return { items, changes, lineChanges };
}

function isOfLine(candidate: Candidate, line: LineChoice): boolean {
  return (
    candidate.tester_id === line.testerId &&
    candidate.approved_currency === line.currency &&
    candidate.payout_status === "approved" &&
    candidate.held_by === null
  );
}

function lineChangeOf(line: LineChoice, count: number, total: number): LineChange {
  const { testerId, currency } = line;
  return {
    testerId,
    currency,
    name: null,
    expected: { count: line.count, total: line.total },
    actual: { count, total },
  };
}

function moneyOf(candidate: Candidate): Money | null {
  const { approved_amount: amount, approved_currency: currency } = candidate;
  return amount === null || currency === null ? null : { currency, amount: toMinor(amount) };
}

function changeOf(
  chosen: Choice["choices"][number],
  found: Candidate | undefined,
): ChoiceChange | null {
  const { issueId, expected } = chosen;
  const currency = found?.approved_currency ?? null;
  const base = { issueId, expected, currency, title: found?.title ?? null, batchId: null };
  if (!found) return { ...base, actual: null, because: "unknown" };
  if (found.held_by !== null) {
    return { ...base, actual: null, because: "in_batch", batchId: found.held_by };
  }
  const actual = moneyOf(found);
  if (found.payout_status !== "approved" || !actual) {
    return { ...base, actual: null, because: "not_approved" };
  }
  if (
    (chosen.testerId !== undefined && chosen.testerId !== found.tester_id) ||
    (chosen.currency !== undefined && chosen.currency !== actual.currency)
  ) {
    return { ...base, actual: null, because: "other_line" };
  }
  return actual.amount === expected ? null : { ...base, actual, because: "amount_changed" };
}

async function refuseChanged(tx: Tx, choice: Choice, checked: Checked): Promise<never> {
  const { changes, lineChanges } = checked;
  const names = await tx.user.findMany({
    where: { id: { in: lineChanges.map((change) => change.testerId) } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(names.map((user) => [user.id, user.name]));
  const changed = new Set(changes.map((change) => change.issueId));
  return refuse({
    code: "choice_changed",
    changes,
    lineChanges: lineChanges.map((c) => ({ ...c, name: nameOf.get(c.testerId) ?? null })),
    validChoices: choice.choices.filter((chosen) => !changed.has(chosen.issueId)),
    validLines: choice.lines.filter(
      (line) =>
        !lineChanges.some((c) => c.testerId === line.testerId && c.currency === line.currency),
    ),
  });
}

async function writeBatch(
  tx: Tx,
  batchId: number,
  items: readonly PayableItem[],
  act: Act,
): Promise<void> {
  const transfers = groupIntoTransfers(items);
  await tx.$executeRaw`
    INSERT INTO payout_batches (id, prepared_by, prepared_at) VALUES (${batchId}, ${act.actorId}, ${act.at})`;
  // The payee is a snapshot: what was sent stays readable when a tester changes the account later.
  await tx.$executeRaw`
    INSERT INTO payout_transfers
      (batch_id, tester_id, currency, issue_count, total_amount, payee_name, kaspi_phone, iban)
    SELECT ${batchId}, u.id, line.currency, line.count, line.total, coalesce(u.payee_name, u.name), u.kaspi_phone, u.iban
      FROM unnest(
        ${transfers.map((t) => t.testerId)}::int[],
        ${transfers.map((t) => t.currency)}::currency[],
        ${transfers.map((t) => t.count)}::int[],
        ${transfers.map((t) => t.total)}::bigint[]) AS line (tester_id, currency, count, total)
      JOIN users u ON u.id = line.tester_id
      ORDER BY lower(u.name), u.id, line.currency`;
  await tx.$executeRaw`
    INSERT INTO payout_batch_items (transfer_id, issue_id, batch_id, tester_id, currency, amount)
    SELECT t.id, item.issue_id, t.batch_id, t.tester_id, t.currency, item.amount
      FROM unnest(
        ${items.map((i) => i.issueId)}::int[],
        ${items.map((i) => i.testerId)}::int[],
        ${items.map((i) => i.money.currency)}::currency[],
        ${items.map((i) => i.money.amount)}::bigint[]) AS item (issue_id, tester_id, currency, amount)
      JOIN payout_transfers t
        ON t.batch_id = ${batchId} AND t.tester_id = item.tester_id AND t.currency = item.currency`;
}

/** A number for a batch that is about to be written: its key is claimed first (DESIGN 5). */
export async function nextBatchId(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    SELECT nextval(pg_get_serial_sequence('payout_batches', 'id'))::int AS id`;
  if (!row) throw new Error("The sequence of payout_batches gave no number.");
  return row.id;
}
