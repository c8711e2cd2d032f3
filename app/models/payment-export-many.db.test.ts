import { beforeAll, describe, expect, test } from "vitest";
import { connectionPool, db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { csvResponse } from "~/http/csv-response.server";
import { PAYMENT_COLUMNS } from "~/http/payment-csv";
import { buildTester } from "../../prisma/builders";
import { insertBarePayments } from "./bare-payments.fixture";
import { exportOwnPayments } from "./payment-export.server";

useTestDatabase();

function file(testerId: number, request = new Request("http://localhost/export.csv")) {
  return csvResponse(request, {
    name: "tiyn-payments",
    date: "2026-11-22",
    separator: "comma",
    columns: PAYMENT_COLUMNS,
    open: () => exportOwnPayments(testerId, {}),
  });
}

describe("100,000 payments", () => {
  const COUNT = 100_000;
  let tester: { id: number };

  beforeAll(async () => {
    tester = await buildTester({ name: "Many" });
    await insertBarePayments(tester.id, COUNT);
  });

  test("arrive all, in memory that does not grow", async () => {
    const reader = (await file(tester.id)).body?.getReader();
    let [lines, peak] = [0, 0];
    const before = process.memoryUsage().rss;
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      for (const byte of part.value) if (byte === 0x0a) lines++;
      peak = Math.max(peak, process.memoryUsage().rss);
    }
    expect(lines).toBe(COUNT + 1);
    // The whole file has 8 MB and as objects many times that.
    expect(peak - before).toBeLessThan(64 * 1024 * 1024);
  });

  test("are not read further than they are taken, and let go when the reader leaves", async () => {
    const reader = (await file(tester.id)).body?.getReader();
    await reader?.read();
    await reader?.read();
    await reader?.cancel();
    await expect.poll(cursors).toBe(0);
    expect(lent()).toBe(0);
  });

  test("that break off in the middle end in an error, never as a short file", async () => {
    const reader = (await file(tester.id)).body?.getReader();
    await reader?.read();
    await reader?.read();
    await db().$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE 'FETCH %'`;
    const toTheEnd = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(toTheEnd()).rejects.toThrow();
    expect(lent()).toBe(0);
  });

  test("are not even looked up for a HEAD", async () => {
    const head = new Request("http://localhost/export.csv", { method: "HEAD" });
    const answer = await file(tester.id, head);
    expect(lent()).toBe(0);
    expect([answer.status, answer.body]).toEqual([200, null]);
  });
});

function lent(): number {
  return connectionPool().totalCount - connectionPool().idleCount;
}

async function cursors(): Promise<number> {
  const [{ count } = { count: -1n }] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'FETCH %' AND state <> 'idle'`;
  return Number(count);
}
