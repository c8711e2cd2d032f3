import { describe, expect, it } from "vitest";
import { db } from "~/database/client.server";
import type { ImportProblemCode } from "~/domain/import-problem";
import { useTestDatabase } from "~/database/test-database";
import { ImportFileError, openImportFile } from "./issue-import.server";
import {
  type Cells,
  COLUMNS,
  countOf,
  csv,
  exampleCells,
  type Imported,
  importText,
} from "./issue-import-example";

useTestDatabase();

const paid: Cells = {
  ...{ payout_status: "paid", amount: "1", paid_on: "2026-05-10" },
  ...{ method: "kaspi", reference: "1" },
};

/** What is wrong with one row each. */
const BAD: readonly [ImportProblemCode, Cells][] = [
  ["external_id_missing", { external_id: "" }],
  ["external_id_too_long", { external_id: "x".repeat(201) }],
  ["cycle_missing", { cycle: "" }],
  ["cycle_too_long", { cycle: "x".repeat(201) }],
  ["cycle_closed", { cycle: "Closed cycle" }],
  ["email_missing", { reporter_email: "" }],
  ["email_invalid", { reporter_email: "nobody" }],
  ["reporter_name_too_long", { reporter_name: "x".repeat(201) }],
  ["severity_unknown", { severity: "blocker" }],
  ["title_missing", { title: "" }],
  ["title_too_long", { title: "x".repeat(256) }],
  ["title_control_characters", { title: "two\nlines" }],
  ["body_too_long", { body: "x".repeat(20_001) }],
  ["status_unknown", { status: "done" }],
  ["status_draft", { status: "draft" }],
  ["created_at_missing", { created_at: "" }],
  ["created_at_invalid", { created_at: "yesterday" }],
  ["created_at_future", { created_at: "2027-01-01" }],
  ["resolved_at_invalid", { resolved_at: "soon" }],
  ["resolved_at_before_created_at", { resolved_at: "2026-04-01" }],
  ["resolved_at_future", { resolved_at: "2027-01-01" }],
  ["payout_status_unknown", { payout_status: "owed" }],
  ["payout_contradicts_status", { payout_status: "pending", status: "duplicate" }],
  ["amount_missing", { ...paid, amount: "" }],
  ["amount_invalid", { ...paid, amount: "10.50g" }],
  ["amount_not_positive", { ...paid, amount: "0" }],
  ["amount_too_large", { ...paid, amount: "10000001" }],
  ["amount_unexpected", { amount: "5" }],
  ["currency_unknown", { ...paid, currency: "EUR" }],
  ["paid_on_missing", { ...paid, paid_on: "" }],
  ["paid_on_future", { ...paid, paid_on: "2026-11-23" }],
  ["method_unknown", { ...paid, method: "paypal" }],
  ["reference_missing", { ...paid, reference: "" }],
  ["reference_too_long", { ...paid, reference: "1".repeat(101) }],
  ["reference_control_characters", { ...paid, reference: "1\t2" }],
  ["nul_character", { body: "a\0b" }],
  ["external_id_repeated", { external_id: "EX-0", title: "Another one" }],
];

function codesByLine({ findings }: Imported) {
  return findings.map((finding) => [
    finding.line,
    finding.kind === "bad" ? finding.problems.map((problem) => problem.code) : finding.kind,
  ]);
}

describe("a file with bad rows", () => {
  it("reports each by its line, and imports the others", async () => {
    await db().testCycle.create({ data: { name: "Closed cycle", status: "closed" } });
    // A good row before each bad one; a title of two lines moves what follows down by one.
    const rows = BAD.flatMap(([, cells], n) => [exampleCells(n), exampleCells(1000 + n, cells)]);
    const imported = await importText(csv(rows));
    let line = 1;
    const expected = rows.flatMap((row, index) => {
      line += 1;
      const found: unknown[] = index % 2 === 1 ? [[line, [BAD[(index - 1) / 2]?.[0]]]] : [];
      if (row.title?.includes("\n")) line += 1;
      return found;
    });
    expect(codesByLine(imported)).toEqual(expected);
    expect(imported.summary).toMatchObject({ imported: BAD.length, bad: BAD.length });
    expect(await countOf("SELECT count(*) FROM issues")).toBe(BAD.length);
    expect(await countOf("SELECT count(*) FROM issue_payouts")).toBe(0);
    expect(await countOf("SELECT count(*) FROM users WHERE email LIKE 'tester10__@%'")).toBe(0);
  });

  it("reports a row that is there twice, in the same chunk or another, and harmlessly", async () => {
    const rows = Array.from({ length: 2_100 }, (_, n) =>
      exampleCells(n % 1_500, { external_id: `AGAIN-${n % 1_500}` }),
    );
    rows[10] = { ...rows[9] };
    const imported = await importText(csv(rows));
    expect(imported.summary).toMatchObject({ read: 2_100, imported: 1_500, repeated: 600, bad: 0 });
    expect(imported.findings[0]).toEqual({
      ...{ kind: "repeated", line: 12, externalId: "AGAIN-9", firstLine: 11 },
    });
  });

  it("says the same in a dry run", async () => {
    const rows = Array.from({ length: 1_200 }, (_, n) =>
      exampleCells(n, { external_id: `DRY-${n % 1_100}`, ...(n === 5 ? { severity: "" } : {}) }),
    );
    const dry = await importText(csv(rows), { dryRun: true });
    const real = await importText(csv(rows));
    expect(dry.findings).toEqual(real.findings);
    expect(dry.summary).toEqual(real.summary);
    expect(real.summary).toMatchObject({ imported: 1_100, bad: 100, repeated: 0 });
  });
});

describe("a file from Excel", () => {
  const rows = [1, 2].map((n) =>
    exampleCells(n, { external_id: `XL-${n}`, ...paid, amount: "8000,50", body: "Шаг 1\nШаг 2" }),
  );
  const inRussian = (text: string) =>
    text.replaceAll('"8000,50"', "8000.50").replaceAll(",", ";").replaceAll("8000.50", "8000,50");

  it("may have semicolons, a byte order mark, CRLF and rows of nothing", async () => {
    const text = inRussian(csv(rows)).replaceAll("\n", "\r\n");
    const empty = ";".repeat(COLUMNS.length - 1);
    const { summary, findings } = await importText(`\uFEFF${text}\r\n${empty}\r\n`);
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ read: 2, imported: 2, payments: 2 });
    const issue = await db().issue.findUniqueOrThrow({ where: { externalId: "XL-2" } });
    expect(issue).toMatchObject({ body: "Шаг 1\nШаг 2", approvedAmount: 800_050n });
  });

  it("is reported row by row where it is not UTF-8", async () => {
    const head = Buffer.from(csv([exampleCells(3, { external_id: "XL-3" })]));
    const line =
      csv([exampleCells(4, { external_id: "XL-4", title: "????" })]).split("\n")[1] ?? "";
    const windows1251 = Buffer.from(line.replace("????", "\xcf\xee\xea\xe0"), "latin1");
    const imported = await importText(Buffer.concat([head, windows1251]));
    expect(codesByLine(imported)).toEqual([[3, ["not_utf8"]]]);
    expect(imported.summary).toMatchObject({ imported: 1, bad: 1 });
  });
});

describe("a damaged file", () => {
  it("is read on after a quote that is not closed, or stands in the wrong place", async () => {
    const good = (n: number) => csv([exampleCells(n, { external_id: `Q-${n}` })]).split("\n")[1];
    const quoted = csv([exampleCells(7, { external_id: "Q-7", body: 'He said:\n\n"no"' })]);
    const text = [
      ...[COLUMNS.join(","), good(1), 'Q-2,"not closed,x', good(3), 'Q-4,5" screen,x', good(5)],
      ...["Q-6,too,few", ...quoted.split("\n").slice(1, -1), good(8), `${good(9)},more`],
      ...[good(10), '"Q-11"x,a', good(12), 'Q-13,"never closed', good(14), ""],
    ].join("\n");
    const imported = await importText(text);
    expect(codesByLine(imported)).toEqual([
      [3, ["quote_misplaced"]],
      [5, ["quote_misplaced"]],
      [7, ["cell_count"]],
      [12, ["cell_count"]],
      [14, ["quote_misplaced"]],
      [16, ["quote_not_closed"]],
    ]);
    const ids = await db().$queryRaw<{ external_id: string }[]>`
      SELECT external_id FROM issues WHERE external_id LIKE 'Q-%' ORDER BY id`;
    expect(ids.map((row) => row.external_id)).toEqual(
      [1, 3, 5, 7, 8, 10, 12, 14].map((n) => `Q-${n}`),
    );
  });

  it.each([
    ["", "The file is empty."],
    ["a,b\n1,2\n", "The header lacks the columns external_id"],
    [csv([]).replace("status", "title"), "The header has the column title more than once."],
    [Buffer.from(`\uFEFF${csv([])}`, "utf16le"), "The file is in UTF-16"],
    [`"${csv([])}`, "The quotes in the header do not match."],
  ])("is refused where its header makes no sense", async (content, message) => {
    await expect(importText(content)).rejects.toThrow(message);
    await expect(importText(content)).rejects.toThrow(ImportFileError);
  });

  it("is refused where it has no lines", async () => {
    await expect(importText(`${csv([])}${"x".repeat(5_000_000)}`)).rejects.toThrow("has no end");
  });

  it("is not there", async () => {
    await expect(openImportFile("/no/such/file.csv")).rejects.toThrow("ENOENT");
  });
});
