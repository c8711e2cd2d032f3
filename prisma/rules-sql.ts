/** Rows in and out of the database in plain SQL, with nothing of the app between. */
import type pg from "pg";

export type Columns = Readonly<Record<string, string | number | boolean | null>>;
/** Whatever holds a connection. */
export type Connected = { readonly sql: pg.ClientBase };

export async function all<R extends pg.QueryResultRow>(
  { sql }: Connected,
  text: string,
  ...values: unknown[]
): Promise<R[]> {
  return (await sql.query<R>(text, values)).rows;
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
  const names = Object.keys(rows[0] ?? {});
  const marks = rows.map(
    (_, r) => `(${names.map((_, c) => `$${r * names.length + c + 1}`).join()})`,
  );
  const values = rows.flatMap((row) => names.map((name) => row[name] ?? null));
  await sql.query(`INSERT INTO ${table} (${names.join()}) VALUES ${marks.join()}`, values);
}

export async function insertOne(world: Connected, table: string, row: Columns): Promise<number> {
  const names = Object.keys(row);
  const marks = names.map((_, at) => `$${at + 1}`);
  const text = `INSERT INTO ${table} (${names.join()}) VALUES (${marks.join()}) RETURNING id`;
  return (await one<{ id: number }>(world, text, ...Object.values(row))).id;
}

export async function update(
  { sql }: Connected,
  table: string,
  id: number,
  columns: Columns,
): Promise<void> {
  const set = Object.keys(columns).map((name, at) => `${name} = $${at + 2}`);
  await sql.query(`UPDATE ${table} SET ${set.join()} WHERE id = $1`, [
    id,
    ...Object.values(columns),
  ]);
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
