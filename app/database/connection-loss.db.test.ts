import type pg from "pg";
import { expect, test } from "vitest";
import { connectionPool } from "./client.server";
import { useTestDatabase } from "./test-database";
import { withClient } from "./with-client.server";

// The process must outlive each of its connections: an "error" that nobody listens to would be one uncaught exception,
// and vitest fails on those. What is lent here stands for the moment between the pool and Prisma, where nobody listens.

const url = useTestDatabase();

type Asking = Pick<pg.ClientBase, "query">;

async function cutOff(client: Asking): Promise<void> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  await withClient(url, (other) =>
    other.query("SELECT pg_terminate_backend($1, 5000)", [rows[0]?.pid]),
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
}

test("a connection of the pool that is cut off while it is lent fails its next query only", async () => {
  const lent = await connectionPool().connect();
  await cutOff(lent);
  await expect(lent.query("SELECT 1")).rejects.toThrow();
  lent.release(true);
  const { rows } = await connectionPool().query("SELECT 1 AS one");
  expect(rows).toEqual([{ one: 1 }]);
});

test("a connection of its own that is cut off fails the work that is done over it", async () => {
  const work = withClient(url, async (client) => {
    await cutOff(client);
    await client.query("SELECT 1");
  });
  await expect(work).rejects.toThrow();
});
