import { db } from "~/database/client.server";
import { transaction, type Tx } from "~/database/transaction.server";
import { refuse } from "~/domain/refusal";
import { recordAudit } from "./audit.server";

/** A restore that nobody has compared with the bank yet. */
export type OpenRestoration = { readonly id: number; readonly at: Date; readonly backupAt: Date };

/** The latest restore, unless an admin has compared what it brought back with the bank: then null, as without any. */
export async function openRestoration(tx: Tx = db()): Promise<OpenRestoration | null> {
  const latest = await tx.restoration.findFirst({
    orderBy: { id: "desc" },
    select: { id: true, at: true, backupAt: true, look: { select: { restorationId: true } } },
  });
  if (!latest || latest.look) return null;
  const { id, at, backupAt } = latest;
  return { id, at, backupAt };
}

/**
 * Before money moves. Throws Refusal restored: what was paid after the backup is missing in it, and would be paid twice.
 */
export async function requireCompared(tx: Tx): Promise<void> {
  if (await openRestoration(tx)) refuse({ code: "restored" });
}

/**
 * An admin has compared the last known references with the bank: payments go on. The same post twice is once.
 * Throws Refusal restored_again when another backup was brought back since, restored_compared when another note is kept
 * already, none_restored when there is nothing to compare.
 */
export function confirmRestoration(
  { restorationId, note }: { readonly restorationId: number; readonly note: string },
  by: { readonly id: number; readonly address: string },
): Promise<void> {
  return transaction(async (tx) => {
    // Two admins who press at once: the second finds it done, and is told.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('restoration'))::text`;
    const open = await openRestoration(tx);
    if (!open) return requireSameLook(tx, { restorationId, note, adminId: by.id });
    if (open.id !== restorationId) refuse({ code: "restored_again" });
    await tx.restorationLook.create({
      data: { restorationId, adminId: by.id, note },
      select: { restorationId: true },
    });
    const detail = { restorationId, note, backupAt: open.backupAt.toISOString() };
    await recordAudit(
      { kind: "restored_compared", actorId: by.id, address: by.address, detail },
      tx,
    );
  });
}

type Look = { readonly restorationId: number; readonly note: string; readonly adminId: number };

// A note may say what the bank has and tiyn has not: none is passed over in silence.
async function requireSameLook(tx: Tx, { restorationId, note, adminId }: Look): Promise<void> {
  const kept = await tx.restorationLook.findUnique({
    where: { restorationId },
    select: { note: true, adminId: true, admin: { select: { name: true } } },
  });
  if (!kept) refuse({ code: "none_restored" });
  if (kept.adminId === adminId && kept.note === note) return;
  refuse({ code: "restored_compared", by: kept.admin.name });
}
