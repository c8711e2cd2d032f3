import { requireGuards } from "~/database/guards.server";
import { type Tx, transaction } from "~/database/transaction.server";
import { storedReference } from "~/domain/payment";
import { refuse } from "~/domain/refusal";
import type { IsoDate } from "~/domain/team-date";
import type { Act } from "./issue-change.server";
import { type TransferPayment, transferPayments } from "./transfer-payments.server";

export type TransferCorrection = {
  readonly transferId: number;
  /** The latest correction that the page showed, 0 for none: a newer one is not overwritten unseen. */
  readonly shown: number;
  readonly reference: string | null;
  readonly paidOn: IsoDate;
  readonly reason: string;
};

/** `replayed`: the same admin had corrected it so before, and nothing was done now. */
export type TransferCorrected = { readonly payments: number; readonly replayed: boolean };

/**
 * Mends the mistyped reference or paid-on date of a transfer: one correction for each of its payments, since all of
 * them went out in it, and for their reversals, which repeat the reference and keep their own date (DESIGN 3).
 * Throws Refusal: not_found, own_issue, corrected_meanwhile, correction_gone, correction_unchanged, paid_after_reversed;
 * GuardsMissing.
 */
export async function correctTransfer(
  correction: TransferCorrection,
  act: Act,
): Promise<TransferCorrected> {
  await requireGuards();
  const { transferId } = correction;
  const mended = { ...correction, reference: storedReference(correction.reference) };
  return transaction(async (tx) => {
    const payments = await lockPayments(tx, transferId);
    if (payments.some((payment) => payment.testerId === act.actorId)) {
      refuse({ code: "own_issue", issueIds: payments.map((payment) => payment.issueId) });
    }
    const latest = Math.max(...payments.map((payment) => payment.correctionId));
    if (latest !== mended.shown) {
      await requireReplay(tx, latest, mended, act);
      return { payments: payments.length, replayed: true };
    }
    refuseUnfit(payments, mended);
    await writeCorrections(tx, mended, act);
    return { payments: payments.length, replayed: false };
  });
}

// Under the lock of their issues no reversal and no other correction is under way.
async function lockPayments(tx: Tx, transferId: number): Promise<TransferPayment[]> {
  await tx.$executeRaw`
    SELECT FROM issues i
      WHERE i.id IN (SELECT p.issue_id FROM issue_payouts p WHERE p.transfer_id = ${transferId})
      ORDER BY i.id FOR UPDATE`;
  const payments = await transferPayments(tx, [transferId]);
  return payments.length > 0 ? payments : refuse({ code: "not_found" });
}

async function requireReplay(
  tx: Tx,
  correctionId: number,
  mended: TransferCorrection,
  act: Act,
): Promise<void> {
  // The page is of a state that a restore has replaced since, or was made up.
  if (correctionId === 0) refuse({ code: "correction_gone" });
  const last = await tx.paymentCorrection.findUniqueOrThrow({
    where: { id: correctionId },
    include: { correctedBy: { select: { name: true } } },
  });
  const paidOn = last.paidOn.toISOString().slice(0, 10);
  const same =
    last.correctedById === act.actorId &&
    last.reason === mended.reason &&
    last.reference === mended.reference &&
    paidOn === mended.paidOn;
  if (same) return;
  refuse({
    code: "corrected_meanwhile",
    by: last.correctedBy.name,
    reference: last.reference,
    paidOn,
  });
}

function refuseUnfit(payments: readonly TransferPayment[], mended: TransferCorrection): void {
  const { reference, paidOn } = mended;
  if (payments.every((payment) => payment.reference === reference && payment.paidOn === paidOn)) {
    refuse({ code: "correction_unchanged" });
  }
  const reversedOn = payments.flatMap((p) => p.takenBack?.on ?? []).sort()[0];
  if (reversedOn !== undefined && paidOn > reversedOn) {
    refuse({ code: "paid_after_reversed", reversedOn });
  }
}

async function writeCorrections(tx: Tx, mended: TransferCorrection, act: Act): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO payment_corrections (payment_id, reference, paid_on, reason, corrected_by, at)
    SELECT p.id, ${mended.reference}, CASE WHEN p.seq % 2 = 1 THEN ${mended.paidOn}::date ELSE payment_paid_on(p) END,
           ${mended.reason}, ${act.actorId}, ${act.at}
      FROM issue_payouts p WHERE p.transfer_id = ${mended.transferId}
      ORDER BY p.seq % 2, p.issue_id, p.seq`;
}
