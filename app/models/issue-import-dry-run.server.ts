import { db } from "~/database/client.server";
import { importHistory } from "~/domain/import-history";
import { groupIntoBatches, type ImportedPayment } from "~/domain/import-transfers";
import { DEFAULT_CURRENCY } from "~/domain/rates";
import { type KnownRow, sortRows } from "./issue-import-known.server";
import { findCycles, findUnknownEmails, type ImportCycle } from "./issue-import-people.server";
import { cycleNames, findKnownOrInFlight } from "./issue-import-prepare.server";
import type { ImportRun, NewRow, NumberedRow } from "./issue-import-run";

/**
 * Says what an import would do, by reading alone: even an import that is rolled back would use up issue numbers. What
 * earlier chunks would have written is remembered here, so memory grows with the file, about 200 bytes a row.
 */
export class DryRun {
  readonly #run: ImportRun;
  readonly #seen = new Map<string, KnownRow>();
  readonly #cycles = new Set<string>();
  readonly #testers = new Set<string>();

  constructor(run: ImportRun) {
    this.#run = run;
  }

  async chunk(rows: readonly NumberedRow[]) {
    const cycles = await findCycles(db(), cycleNames(rows));
    const known = await findKnownOrInFlight(db(), rows, this.#run, this.#seen);
    const { fresh, ...sorted } = sortRows(rows, known, (name) => cycles.get(name)?.status);
    this.#remember(fresh);
    const payments = this.#paymentsOf(fresh, cycles);
    const batches = new Set(groupIntoBatches(payments).map((transfer) => transfer.batch)).size;
    return {
      ...sorted,
      imported: fresh.length,
      cyclesCreated: this.#newCycles(fresh, cycles),
      testersCreated: await this.#newTesters(fresh),
      payments: payments.length,
      batches,
    };
  }

  #remember(fresh: readonly NewRow[]): void {
    for (const { row, line, said } of fresh) {
      this.#seen.set(row.externalId, { said, facts: null, line });
    }
  }

  #newCycles(fresh: readonly NewRow[], existing: ReadonlyMap<string, ImportCycle>): number {
    const before = this.#cycles.size;
    for (const { row } of fresh) if (!existing.has(row.cycle)) this.#cycles.add(row.cycle);
    return this.#cycles.size - before;
  }

  async #newTesters(fresh: readonly NewRow[]): Promise<number> {
    const before = this.#testers.size;
    const emails = [...new Set(fresh.map(({ row }) => row.reporterEmail))];
    for (const email of await findUnknownEmails(db(), emails)) {
      this.#testers.add(email.toLowerCase());
    }
    return this.#testers.size - before;
  }

  /** Goes through the whole history, so that the rules of the state machine are asked as well. */
  #paymentsOf(
    fresh: readonly NewRow[],
    cycles: ReadonlyMap<string, ImportCycle>,
  ): ImportedPayment[] {
    const emails = [...new Set(fresh.map(({ row }) => row.reporterEmail.toLowerCase()))];
    const numbers = new Map(emails.map((email, number) => [email, number]));
    return fresh.flatMap(({ row, line }) => {
      const currency = cycles.get(row.cycle)?.currency ?? DEFAULT_CURRENCY;
      const events = importHistory(row, currency, this.#run.zone);
      const money = events.find(({ event }) => event.kind === "paid")?.after.approved;
      const testerId = numbers.get(row.reporterEmail.toLowerCase()) ?? 0;
      return row.payout.status === "paid" && money
        ? [{ ...row.payout, issueId: line, testerId, money }]
        : [];
    });
  }
}
