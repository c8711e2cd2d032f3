/**
 * 5,000 random cells through the very export that people download, from PostgreSQL on: read back equal by a strict parser.
 * `CSV_SEED=… npx vitest run app/http/csv-cells.db.test.ts` shows a failure again.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { connectionPool } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { originalCell, startsDangerously } from "~/domain/csv-cell";
import type { ExportedTesterPayment } from "~/models/payment-export.server";
import { openRowCursor } from "~/models/row-cursor.server";
import { nastyCell } from "./csv-cells.fixture";
import { csvResponse } from "./csv-response.server";
import { TESTER_PAYMENT_COLUMNS } from "./payment-csv";
import { seededRandom } from "./seeded-random.fixture";
import { readStrictCsv } from "./strict-csv.fixture";

useTestDatabase();

const ROWS = 1_000;
const TEXTS = ["cycle_name", "issue_title", "reference", "tester_name", "tester_email"];
const seed = Number(process.env.CSV_SEED ?? Math.floor(Math.random() * 2 ** 32));
const random = seededRandom(seed);
const cells = Array.from({ length: ROWS }, () => TEXTS.map(() => nastyCell(random)));

beforeAll(async () => {
  console.info(`CSV_SEED=${seed}`);
  const columns = TEXTS.map((name) => `${name} text`).join(", ");
  const values = TEXTS.map((_, n) => `row ->> ${n}`).join(", ");
  await connectionPool().query(`CREATE TABLE nasty (id int PRIMARY KEY, ${columns})`);
  await connectionPool().query(
    `INSERT INTO nasty SELECT n, ${values} FROM jsonb_array_elements($1) WITH ORDINALITY a(row, n)`,
    [JSON.stringify(cells)],
  );
});

const SQL = `SELECT '2026-05-10' AS date, cycle_name AS "cycleName", issue_title AS "issueTitle", 'high' AS severity,
    (CASE WHEN id % 2 = 0 THEN -id ELSE id END)::bigint AS amount, 'KZT' AS currency, 'kaspi' AS method, reference,
    tester_name AS "testerName", tester_email AS "testerEmail", id AS "batchId" FROM nasty ORDER BY id`;

describe.each([
  { separator: "comma", sign: ",", decimal: "." },
  { separator: "semicolon", sign: ";", decimal: "," },
] as const)("with $separator", ({ separator, sign, decimal }) => {
  test(`${ROWS * TEXTS.length} cells come back equal without the one leading '`, async () => {
    const answer = await csvResponse(new Request("http://localhost/export.csv"), {
      ...{ name: "nasty", date: "2026-11-24", separator, columns: TESTER_PAYMENT_COLUMNS },
      open: () => openRowCursor<ExportedTesterPayment>(SQL, []),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const [header = [], ...records] = readStrictCsv(bytes, sign);
    expect(records).toHaveLength(ROWS);
    const places = TEXTS.map((name) => header.indexOf(name));
    const texts = records.map((record) => places.map((place) => record[place] ?? "missing"));
    expect(texts.map((record) => record.map(originalCell))).toEqual(cells);
    expect(texts.flat().filter(startsDangerously)).toEqual([]);
    expect(records.filter((record) => record.length !== header.length)).toEqual([]);
    const amount = header.indexOf("amount");
    const amounts = records.map((record) => record[amount]);
    expect(amounts.slice(0, 2)).toEqual([`0${decimal}01`, `-0${decimal}02`]);
  });
});
