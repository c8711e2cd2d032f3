import { deepStrictEqual } from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connectionPool } from "~/database/client.server";
import { BUILDER_ZONE, buildAdmin, buildCycle, buildTester } from "../../prisma/builders";
import type { PayAct } from "./batch.server";
import { type ModelBatch, type ModelIssue, MoneyModel } from "./money-model.fixture";

/** The real side of a run: people and cycles of its own, and which rows the model's things are. */
export class World {
  readonly model = new MoneyModel();
  readonly run = randomUUID();
  readonly people: number[] = [];
  readonly cycles: number[] = [];
  readonly #issueIds = new Map<ModelIssue, number>();
  readonly #batchIds = new Map<ModelBatch, number>();

  static async build(): Promise<World> {
    const world = new World();
    for (const name of ["Nazira", "Sanzhar"]) world.people.push((await buildAdmin({ name })).id);
    for (const name of ["Aibek", "Dana"]) world.people.push((await buildTester({ name })).id);
    const testers = world.people.slice(1).map((id) => ({ id }));
    for (let n = 0; n < world.model.cycles.length; n++)
      world.cycles.push((await buildCycle({ testers })).id);
    return world;
  }

  act(person: number): PayAct {
    return { actorId: this.person(person), at: new Date(), zone: BUILDER_ZONE };
  }
  person = (number: number) => known(this.people[number]);
  cycle = (number: number) => known(this.cycles[number]);
  issue = (issue: ModelIssue) => known(this.#issueIds.get(issue));
  batch = (batch: ModelBatch) => known(this.#batchIds.get(batch));
  newKey = () => randomUUID();

  /** The newest issue of the model is this row. */
  filed(id: number): void {
    this.#issueIds.set(known(this.model.issues.at(-1)), id);
  }
  prepared(id: number): void {
    this.#batchIds.set(known(this.model.batches.at(-1)), id);
  }

  /** Throws where the database and the model differ in anything. One statement: it is asked after every act. */
  async compare(): Promise<void> {
    const { rows } = await connectionPool().query<{ issues: unknown; batches: unknown }>(
      `SELECT
         (SELECT coalesce(json_agg(json_build_object(
            'status', status, 'payout', payout_status, 'severity', severity, 'title', title, 'version', version,
            'isHeld', EXISTS (SELECT FROM payout_batch_items b WHERE b.issue_id = i.id AND b.state = 'reserved'),
            'approved', approved_amount || ' ' || approved_currency,
            'payments', ARRAY(SELECT amount || ' ' || currency FROM issue_payouts WHERE issue_id = i.id ORDER BY seq)
          ) ORDER BY id), '[]') FROM issues i WHERE cycle_id = ANY($1)) AS issues,
         (SELECT coalesce(json_agg(json_build_object('status', status, 'lines', ARRAY(
            SELECT total_amount || ' ' || currency || ' ' || (left_out_at IS NOT NULL)
              FROM payout_transfers WHERE batch_id = b.id ORDER BY 1)) ORDER BY id), '[]')
          FROM payout_batches b WHERE prepared_by = ANY($2)) AS batches`,
      [this.cycles, this.people],
    );
    deepStrictEqual(rows[0], {
      issues: this.model.issues.map(seen),
      batches: this.model.batches.map(seenBatch),
    });
  }
}

function seen(issue: ModelIssue) {
  const { status, payout, severity, title, version, approved } = issue;
  return {
    ...{ status, payout, severity, title, version, isHeld: issue.heldIn !== null },
    approved: approved && `${approved.amount} ${approved.currency}`,
    payments: issue.payments.map(({ amount, currency }) => `${amount} ${currency}`),
  };
}

function seenBatch({ status, lines }: ModelBatch) {
  const texts = lines.map((line) => `${line.total} ${line.currency} ${line.leftOut}`);
  return { status, lines: texts.sort() };
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the model knows of something that was never made");
  return value;
}
