import { db } from "~/database/client.server";
import { transaction, type Tx } from "~/database/transaction.server";
import type { Examined } from "~/domain/doctor-check";
import { refuse } from "~/domain/refusal";
import { recordAudit } from "./audit.server";
import { requireCompared } from "./restoration.server";

/**
 * `failing`: the last look found something. `blocked`: and no admin has looked at that since all was well. Another finding
 * than the one looked at blocks again.
 */
export type DoctorStanding = { failing: boolean; blocked: boolean };

export async function doctorStanding(tx: Tx = db()): Promise<DoctorStanding> {
  const [standing] = await tx.$queryRaw<DoctorStanding[]>`
    WITH latest AS (SELECT fingerprint FROM doctor_runs ORDER BY id DESC LIMIT 1)
    SELECT fingerprint IS NOT NULL AS failing,
           fingerprint IS NOT NULL AND NOT EXISTS (
             SELECT FROM doctor_runs r JOIN doctor_looks l ON l.run_id = r.id
              WHERE r.fingerprint = latest.fingerprint
                AND r.id > coalesce((SELECT max(s.id) FROM doctor_runs s WHERE s.fingerprint IS NULL), 0)) AS blocked
      FROM latest`;
  return standing ?? { failing: false, blocked: false };
}

/**
 * Before money moves (DESIGN 6). Throws Refusal money_in_doubt until an admin has looked at what the doctor found, and
 * restored until one has compared a restored state with the bank.
 */
export async function requireSoundMoney(tx: Tx): Promise<void> {
  await requireCompared(tx);
  if ((await doctorStanding(tx)).blocked) refuse({ code: "money_in_doubt" });
}

export type LatestRun = {
  readonly id: number;
  readonly at: Date;
  readonly findings: readonly Examined[];
  /** Who has looked at these findings, in this run or an earlier one. */
  readonly lookedBy: string | null;
};

/** What the doctor found last; null before its first look. */
export async function latestRun(): Promise<LatestRun | null> {
  const run = await db().doctorRun.findFirst({
    orderBy: { id: "desc" },
    select: { id: true, at: true, findings: true, fingerprint: true },
  });
  if (!run) return null;
  const { id, at, fingerprint } = run;
  // Written by runDoctor(), and append-only.
  const findings = run.findings as unknown as Examined[];
  const isLookedAt = fingerprint !== null && !(await doctorStanding()).blocked;
  const look = isLookedAt
    ? await db().doctorLook.findFirst({
        where: { run: { fingerprint } },
        orderBy: { runId: "desc" },
        select: { admin: { select: { name: true } } },
      })
    : null;
  return { id, at, findings, lookedBy: look?.admin.name ?? null };
}

/**
 * An admin has looked at what a run found: payments go on. Twice is once. Who comes second has the note in the audit, too.
 * Throws Refusal doctor_changed when there is a newer run, which may have found something else, or nothing.
 */
export function lookAtRun(
  { runId, note }: { readonly runId: number; readonly note: string },
  by: { readonly id: number; readonly address: string },
): Promise<void> {
  return transaction(async (tx) => {
    const latest = await tx.doctorRun.findFirst({ orderBy: { id: "desc" }, select: { id: true } });
    const { failing, blocked } = await doctorStanding(tx);
    if (latest?.id !== runId || !failing) refuse({ code: "doctor_changed" });
    const look = { runId, adminId: by.id, note };
    if (blocked) await tx.doctorLook.createMany({ data: look, skipDuplicates: true });
    else if (await tx.doctorLook.findFirst({ where: look, select: { runId: true } })) return;
    const detail = { runId, note };
    await recordAudit({ kind: "doctor_looked", actorId: by.id, address: by.address, detail }, tx);
  });
}
