/** Rows in and out of the database in plain SQL, with nothing of the app between. */
import type pg from "pg";

export type Columns = Readonly<Record<string, string | number | boolean | null>>;
/** Whatever holds a connection. */
export type Connected = { readonly sql: pg.ClientBase };

const names = new Map<string, string>();

/** Prepared, since the tests say the same few statements thousands of times. */
function run<R extends pg.QueryResultRow>(sql: pg.ClientBase, text: string, values: unknown[]) {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return sql.query<R>({ name, text, values });
}

export async function all<R extends pg.QueryResultRow>(
  { sql }: Connected,
  text: string,
  ...values: unknown[]
): Promise<R[]> {
  return (await run<R>(sql, text, values)).rows;
}

export async function one<R extends pg.QueryResultRow>(
  world: Connected,
  text: string,
  ...values: unknown[]
): Promise<R> {
  const [row] = await all<R>(world, text, ...values);
  if (!row) throw new Error(`No row: ${text}`);
  return row;
}

/** All rows in one statement, all with the columns of the first. */
export async function insert({ sql }: Connected, table: string, ...rows: Columns[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const marks = rows.map(
    (_, r) => `(${columns.map((_, c) => `$${r * columns.length + c + 1}`).join()})`,
  );
  const values = rows.flatMap((row) => columns.map((name) => row[name] ?? null));
  const text = `INSERT INTO ${table} (${columns.join()}) VALUES ${marks.join()}`;
  await run(sql, text, values);
}

export async function insertOne(world: Connected, table: string, row: Columns): Promise<number> {
  const marks = Object.keys(row).map((_, at) => `$${at + 1}`);
  const columns = Object.keys(row).join();
  const text = `INSERT INTO ${table} (${columns}) VALUES (${marks.join()}) RETURNING id`;
  return (await one<{ id: number }>(world, text, ...Object.values(row))).id;
}

export async function update(
  { sql }: Connected,
  table: string,
  id: number,
  columns: Columns,
): Promise<void> {
  const set = Object.keys(columns).map((name, at) => `${name} = $${at + 2}`);
  const text = `UPDATE ${table} SET ${set.join()} WHERE id = $1`;
  await run(sql, text, [id, ...Object.values(columns)]);
}

/** Commits what `work` did, or nothing of it, and then throws what the database said. */
export async function inTransaction<T>({ sql }: Connected, work: () => Promise<T>): Promise<T> {
  await sql.query("BEGIN");
  try {
    const result = await work();
    await sql.query("COMMIT");
    return result;
  } catch (error) {
    await sql.query("ROLLBACK");
    throw error;
  }
}
