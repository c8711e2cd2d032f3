import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { originalCell } from "~/domain/csv-cell";
import { addDays, dateInZone } from "~/domain/team-date";
import type { CsvSeparator } from "~/filters/csv-separator";
import { csvResponse } from "~/http/csv-response.server";
import { PAYMENT_COLUMNS, TESTER_PAYMENT_COLUMNS } from "~/http/payment-csv";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildTester,
} from "../../prisma/builders";
import { approveIssue } from "./decision.server";
import { type ExportFilter, exportAllPayments, exportOwnPayments } from "./payment-export.server";
import { reversePayment } from "./reversal.server";

useTestDatabase();

const NOW = new Date();
const today = dateInZone(NOW, BUILDER_ZONE);
const HEADER = "date,cycle_name,issue_title,severity,amount,currency,method,reference";

type Id = { id: number };
let admin: Id;

beforeAll(async () => {
  admin = await buildAdmin({ name: "Nazira" });
});

function file(testerId: number, filter: ExportFilter = {}, separator: CsvSeparator = "comma") {
  return csvResponse(new Request("http://localhost/export.csv"), {
    name: "tiyn-payments",
    date: "2026-11-22",
    separator,
    columns: PAYMENT_COLUMNS,
    open: () => exportOwnPayments(testerId, filter),
  });
}

async function textOf(answer: Promise<Response>): Promise<string> {
  // Not text(), which drops the byte order mark.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await (await answer).arrayBuffer());
}

/** Pays issues of these titles, one payment each, all on the same day. */
async function paid(
  titles: readonly string[],
  cycleName?: string,
  reference = "8841",
): Promise<{ tester: Id; issueIds: number[] }> {
  const tester = await buildTester({ name: "Aibek" });
  const cycle = await buildCycle({ name: cycleName, testers: [tester] });
  const issueIds: number[] = [];
  for (const title of titles) {
    const issue = await buildIssue({ tester, cycle, title, severity: "critical" });
    await approveIssue({ issueId: issue.id }, { actorId: admin.id, at: NOW });
    issueIds.push(issue.id);
  }
  await buildPaidBatch({ admin, issueIds, reference, at: NOW });
  return { tester, issueIds };
}

describe("the file", () => {
  test("is exactly this, payments and reversals oldest first", async () => {
    const { tester, issueIds } = await paid(["Payment fails", "Sign-up leaks"], "Sweep");
    const reversal = { kind: "bounced", reason: "Sent back.", on: today } as const;
    await reversePayment(
      { issueId: issueIds[0] ?? 0, ...reversal },
      { actorId: admin.id, at: NOW },
    );
    const rest = `critical,15000.00,KZT,kaspi,8841\r\n`;
    expect(await textOf(file(tester.id))).toBe(
      `\uFEFF${HEADER}\r\n` +
        `${today},Sweep,Payment fails,${rest}` +
        `${today},Sweep,Sign-up leaks,${rest}` +
        `${today},Sweep,Payment fails,critical,-15000.00,KZT,kaspi,8841\r\n`,
    );
    expect(await textOf(file(tester.id, {}, "semicolon"))).toBe(
      `\uFEFF${HEADER.replaceAll(",", ";")}\r\n` +
        `${today};Sweep;Payment fails;critical;15000,00;KZT;kaspi;8841\r\n` +
        `${today};Sweep;Sign-up leaks;critical;15000,00;KZT;kaspi;8841\r\n` +
        `${today};Sweep;Payment fails;critical;-15000,00;KZT;kaspi;8841\r\n`,
    );
  });

  test("has a dated name, and is neither kept nor shown by the browser", async () => {
    const { headers, body } = await file(admin.id);
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(headers.get("content-disposition")).toBe(
      'attachment; filename="tiyn-payments-2026-11-22.csv"',
    );
    expect(headers.get("cache-control")).toBe("no-store");
    await body?.cancel();
  });

  test("is a header alone for somebody who was never paid", async () => {
    expect(await textOf(file(admin.id))).toBe(`\uFEFF${HEADER}\r\n`);
  });

  test("gives every title back, and runs none of them in a spreadsheet", async () => {
    const titles = [
      '=HYPERLINK("https://evil.example","click")',
      "+1 for dark mode",
      "-1 is accepted",
      "@SUM(A1:A9)",
      "\ttab first",
      "\rreturn first",
      "＝full width",
      "'quoted first",
      'says "no", then "yes"',
      "one, two; three",
      "first line\r\nsecond line",
      "first\nsecond\rthird",
      "сүт, қаймақ",
    ];
    const { tester } = await paid(titles, "=cmd|'/c calc'!A1", "+7 701 555");
    for (const separator of ["comma", "semicolon"] as const) {
      const delimiter = separator === "comma" ? "," : ";";
      const text = await textOf(file(tester.id, {}, separator));
      const rows = parse(text, { bom: true, delimiter, record_delimiter: "\r\n" });
      expect(rows.map((row) => row.length)).toEqual(Array(titles.length + 1).fill(8));
      const cells = rows.slice(1).map((row) => row[2] ?? "");
      expect(cells.filter((cell) => /^[=+\-@\t\r＝]/.test(cell))).toEqual([]);
      expect(cells.map(originalCell)).toEqual(titles);
      expect(rows[1]).toMatchObject({ 1: "'=cmd|'/c calc'!A1", 7: "'+7 701 555" });
    }
  });

  test("says what the latest correction says, in its order and within its period", async () => {
    const { tester, issueIds } = await paid(["first", "second", "third"]);
    const payment = await db().payment.findFirstOrThrow({ where: { issueId: issueIds[2] } });
    const correct = (daysAgo: number, reference: string) =>
      db().paymentCorrection.create({
        data: {
          paymentId: payment.id,
          reference,
          paidOn: new Date(addDays(today, -daysAgo)),
          reason: "Mistyped.",
          correctedById: admin.id,
        },
      });
    await correct(9, "wrong");
    await correct(3, "right");
    const corrected = addDays(today, -3);
    const lines = async (filter: ExportFilter) => {
      const rows = parse(await textOf(file(tester.id, filter)), { bom: true, from: 2 });
      return rows.map((row) => [row[0], row[2], row[7]]);
    };
    const others = [
      [today, "first", "8841"],
      [today, "second", "8841"],
    ];
    expect(await lines({})).toEqual([[corrected, "third", "right"], ...others]);
    expect(await lines({ from: corrected, to: corrected })).toEqual([
      [corrected, "third", "right"],
    ]);
    expect(await lines({ from: addDays(corrected, 1) })).toEqual(others);
    expect(await lines({ to: addDays(corrected, -1) })).toEqual([]);
  });

  test("of everybody names tester and batch besides", async () => {
    const { tester } = await paid(["for the admin"]);
    const { email } = await db().user.findUniqueOrThrow({ where: { id: tester.id } });
    const { batchId } = await db().payment.findFirstOrThrow({ where: { testerId: tester.id } });
    const answer = csvResponse(new Request("http://localhost/export.csv"), {
      name: "tiyn-payments",
      date: "2026-11-22",
      separator: "comma",
      columns: TESTER_PAYMENT_COLUMNS,
      open: () => exportAllPayments({ testerId: tester.id }),
    });
    const [header, line, end] = (await textOf(answer)).split("\r\n");
    expect(header).toBe(`\uFEFF${HEADER},tester_name,tester_email,batch_id`);
    expect(line).toMatch(new RegExp(`,for the admin,.*,Aibek,${email},${batchId}$`));
    expect(end).toBe("");
  });
});
