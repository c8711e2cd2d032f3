import { db } from "~/database/client.server";
import type { Tx } from "~/database/transaction.server";
import type { Prisma } from "~/generated/prisma/client";

/** What the audit log tells; a new kind of act is a new word here. */
export type AuditKind =
  | "signed_in"
  | "signed_out"
  | "identity_linked"
  | "exported"
  | "user_created"
  | "role_changed"
  | "deactivated"
  | "reactivated"
  | "invited"
  | "password_set"
  | "sessions_ended"
  | "doctor_looked"
  | "restored_compared"
  | "note_template_changed"
  | "suggestion_asked"
  | CycleAct;

type CycleAct =
  | "cycle_created"
  | "cycle_renamed"
  | "cycle_status_changed"
  | "cycle_rates_changed"
  | "cycle_tester_added"
  | "cycle_tester_removed"
  | "cycle_report_kept";

export type AuditEntry = {
  kind: AuditKind;
  /** Who did it; null for the import and the command line. */
  actorId: number | null;
  /** To whom it was done, if that is someone else. */
  subjectId?: number | null;
  detail?: Prisma.InputJsonObject;
  address?: string | null;
};

/** Give `tx` when the act is a change of its own: both happen or neither. */
export async function recordAudit(entry: AuditEntry, tx: Tx = db()): Promise<void> {
  await tx.auditEntry.create({ data: entry, select: { id: true } });
}
