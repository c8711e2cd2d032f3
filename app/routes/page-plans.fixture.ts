import pg from "pg";

/** A query as it left this process. */
export type SentQuery = { readonly text: string; readonly values: readonly unknown[] };

let sent: SentQuery[] | null = null;

// From the beginning, because every connection keeps the `query` that it was opened with (client.server.ts).
const prototype = pg.Client.prototype as unknown as { query: (...given: unknown[]) => unknown };
const { query } = prototype;
prototype.query = function (this: unknown, ...given: unknown[]) {
  const [first, second] = given;
  const config = typeof first === "string" ? { text: first } : (first as Partial<SentQuery>);
  const values = Array.isArray(second) ? (second as unknown[]) : (config.values ?? []);
  if (config.text !== undefined) sent?.push({ text: config.text, values });
  return query.apply(this, given);
};

/** Whatever `work` asks of the database, through Prisma or beside it. */
export async function queriesOf(work: () => Promise<unknown>): Promise<SentQuery[]> {
  const own: SentQuery[] = [];
  sent = own;
  try {
    await work();
  } finally {
    sent = null;
  }
  return own;
}

/** What a plan did with one table, in one of its steps. */
export type Reading = {
  readonly table: string;
  readonly step: string;
  /** Rows looked at, also those that a filter left out. */
  readonly rows: number;
};

type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: PlanNode[];
};

/** Runs a query once more and tells what it read. Nothing for what is no query but a setting or a write. */
export async function readingsOf(sql: pg.Client, { text, values }: SentQuery): Promise<Reading[]> {
  if (!/^\s*(SELECT|WITH)\b/i.test(text)) return [];
  const { rows } = await sql.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON) ${text}`,
    [...values],
  );
  return rows.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan }) => readings(Plan)));
}

function readings(node: PlanNode): Reading[] {
  const below = (node.Plans ?? []).flatMap(readings);
  const table = node["Relation Name"];
  if (table === undefined) return below;
  const left = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  const rows = Math.ceil((node["Actual Rows"] + left) * node["Actual Loops"]);
  return [{ table, step: node["Node Type"], rows }, ...below];
}
