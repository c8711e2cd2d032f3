import { stringify } from "csv-stringify/sync";
import { expect, test } from "vitest";
import { defuseCell } from "~/domain/csv-cell";
import { nastyCell } from "./csv-cells.fixture";
import { type CsvColumn, csvResponse } from "./csv-response.server";
import { seededRandom } from "./seeded-random.fixture";

type Row = { readonly a: string | null; readonly n: number; readonly b: string };

const COLUMNS: readonly CsvColumn<Row>[] = [
  { name: "a", text: (row) => row.a },
  { name: "n", plain: (row) => row.n },
  { name: "b", text: (row) => row.b },
];

const random = seededRandom(20261127);
const half = (text: string) => (random(2) === 0 ? text : nastyCell(random));
const ROWS: readonly Row[] = Array.from({ length: 2_000 }, (_, n) => ({
  a: random(10) === 0 ? null : half(`plain, ${n}`),
  n,
  b: random(10) === 0 ? "" : half("plain"),
}));

test.each([
  ["comma", ","],
  ["semicolon", ";"],
] as const)(
  "rows that are only joined are what csv-stringify would write, by %s",
  async (separator, sign) => {
    let at = 0;
    const answer = await csvResponse(new Request("http://localhost/x.csv"), {
      ...{ name: "x", date: "2026-11-27", separator, columns: COLUMNS },
      open: async () => ({
        next: async () => ROWS.slice(at, (at += 300)),
        close: async () => {},
      }),
    });
    const records = ROWS.map(({ a, n, b }) => [defuseCell(a ?? ""), String(n), defuseCell(b)]);
    const options = { delimiter: sign, record_delimiter: "\r\n", quoted_match: /[\r\n]/ };
    const expected = stringify([["a", "n", "b"], ...records], options);
    expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(`\uFEFF${expected}`);
  },
);
