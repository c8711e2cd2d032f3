import { afterEach, describe, expect, test } from "vitest";
import { connectionPool, db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { openRowCursor, type RowSource } from "./row-cursor.server";
import { Overcrowded } from "./turnstile";

useTestDatabase();

type N = { n: number };
const numbersTo = (last: number) =>
  opened(openRowCursor<N>("SELECT n FROM generate_series(1, $1::int) n", [last]));

const sources: RowSource<unknown>[] = [];

async function opened<Row>(opening: Promise<RowSource<Row>>): Promise<RowSource<Row>> {
  const source = await opening;
  sources.push(source);
  return source;
}

afterEach(async () => {
  for (const source of sources.splice(0)) await source.close();
});

/** Connections that are lent out, and cursors that the database still knows. */
async function inUse() {
  const { totalCount, idleCount } = connectionPool();
  const [{ cursors } = { cursors: -1n }] = await db().$queryRaw<{ cursors: bigint }[]>`
    SELECT count(*) AS cursors FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'FETCH %' AND state <> 'idle'`;
  return { lent: totalCount - idleCount, cursors: Number(cursors) };
}

describe("a cursor", () => {
  test("gives every row once, in order, then nothing for ever", async () => {
    const source = await numbersTo(2_500);
    const rows: number[] = [];
    for (let some = await source.next(); some.length > 0; some = await source.next())
      rows.push(...some.map(({ n }) => n));
    expect(rows).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 1));
    expect(await source.next()).toEqual([]);
  });

  test("gives its connection back when it is closed, twice as once", async () => {
    const source = await numbersTo(1_000_000);
    await source.next();
    await Promise.all([source.close(), source.close()]);
    // What the database was doing for it takes a moment to end.
    await expect.poll(inUse).toEqual({ lent: 0, cursors: 0 });
    await expect(source.next()).rejects.toThrow("closed");
  });

  test("that is closed while the database still works is broken off there", async () => {
    const source = await opened(openRowCursor("SELECT pg_sleep(600)", []));
    const rows = source.next().catch((error: unknown) => error);
    await expect.poll(sleeping).toBe(1);
    await source.close();
    expect(await rows).toBeInstanceOf(Error);
    await expect.poll(sleeping).toBe(0);
    expect((await inUse()).lent).toBe(0);
  });

  test("fails like its query, and gives the connection back", async () => {
    await expect(openRowCursor("SELECT nothing FROM nowhere", [])).rejects.toThrow("nowhere");
    const source = await opened(
      openRowCursor("SELECT 1 / (3000 - n) AS x FROM generate_series(1, 4000) n", []),
    );
    await source.next();
    await source.next();
    await expect(source.next()).rejects.toThrow("division by zero");
    await source.close();
    expect((await inUse()).lent).toBe(0);
  });

  test("whose connection is cut says so, also when nobody was waiting for rows", async () => {
    const source = await numbersTo(1_000_000);
    await source.next();
    await db().$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE 'FETCH %'`;
    await expect.poll(async () => (await inUse()).lent).toBe(0);
    // What had been fetched ahead still comes.
    const rest = async () => {
      while ((await source.next()).length > 0);
    };
    await expect(rest()).rejects.toThrow();
    await source.close();
  });

  test("leaves connections for the pages: the fifth is turned away until another one is done", async () => {
    const [first] = await Promise.all([1, 2, 3, 4].map((n) => numbersTo(n)));
    await expect(numbersTo(5)).rejects.toBeInstanceOf(Overcrowded);
    await first?.close();
    expect(await (await numbersTo(5)).next()).toHaveLength(5);
  });
});

async function sleeping(): Promise<number> {
  const [{ count } = { count: -1n }] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'active' AND wait_event = 'PgSleep'`;
  return Number(count);
}
