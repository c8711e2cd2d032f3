import { db } from "~/database/client.server";
import { transaction } from "~/database/transaction.server";
import { refuse } from "~/domain/refusal";
import { recordAudit } from "./audit.server";
import { markdownToHtml } from "./markdown.server";

/** The closing report of a cycle as an admin kept it. */
export type KeptReport = {
  readonly id: number;
  readonly version: number;
  readonly at: Date;
  readonly by: string;
  readonly body: string;
  /** The same as safe HTML. */
  readonly html: string;
};

const MOST_SHOWN = 20;

/** Newest first. */
export async function cycleReports(cycleId: number): Promise<KeptReport[]> {
  const rows = await db().cycleReport.findMany({
    where: { cycleId },
    orderBy: { version: "desc" },
    take: MOST_SHOWN,
    select: { id: true, version: true, at: true, body: true, keeper: { select: { name: true } } },
  });
  return rows.map(({ keeper, ...row }) => ({
    ...row,
    by: keeper.name,
    html: markdownToHtml(row.body),
  }));
}

/** Whether there is one to show, with a key or without. */
export async function hasCycleReport(cycleId: number): Promise<boolean> {
  return (await db().cycleReport.findFirst({ where: { cycleId }, select: { id: true } })) !== null;
}

type Keep = { readonly cycleId: number; readonly body: string; readonly key: string };

/** Another version; the same key again is the same one. Throws Refusal not_found. */
export function keepCycleReport(
  { cycleId, body, key }: Keep,
  actorId: number,
): Promise<{ readonly version: number }> {
  return transaction(async (tx) => {
    const [cycle] = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM test_cycles WHERE id = ${cycleId} FOR NO KEY UPDATE`;
    if (!cycle) return refuse({ code: "not_found" });
    const where = { keptBy: actorId, key };
    const known = await tx.cycleReport.findFirst({ where, select: { version: true } });
    if (known) return known;
    const { _max: last } = await tx.cycleReport.aggregate({
      where: { cycleId },
      _max: { version: true },
    });
    const version = (last.version ?? 0) + 1;
    await tx.cycleReport.create({
      data: { cycleId, version, body, keptBy: actorId, key },
      select: { id: true },
    });
    const detail = { cycle: cycleId, name: cycle.name, version };
    await recordAudit({ kind: "cycle_report_kept", actorId, detail }, tx);
    return { version };
  });
}
