import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { type IssueFilter, NO_FILTER } from "~/filters/issue-filter";
import { ISSUE_ORDERS, type IssueOrder } from "~/filters/issue-order";
import type { IssuePage } from "~/filters/issue-place";
import { issuesCsvPath } from "~/http/paths";
import { issuesPage } from "~/models/issues-page.server";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildTester,
} from "../../prisma/builders";
import * as csv from "./app.issues[.]csv";
import { type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

let aibek: Person;
let dana: Person;
let nazira: Person;
let cycle: { id: number };

/** Files `count` issues of Aibek in one statement. */
const fileMany = (count: number, title: string) => db().$executeRaw`
  WITH filed AS (
    INSERT INTO issues (cycle_id, tester_id, severity, title, status, filed_at)
    SELECT ${cycle.id}, ${aibek.id}, (ARRAY['low', 'high', 'critical'])[1 + n % 3]::severity, ${title} || n, 'open',
           '2026-05-01'::timestamptz + interval '1 minute' * (n / 4)
      FROM generate_series(1, ${count}) n
    RETURNING id)
  INSERT INTO issue_events (issue_id, version, kind, to_status, to_payout_status)
  SELECT id, 1, 'filed', 'open', 'pending' FROM filed`;

beforeAll(async () => {
  aibek = await signedIn(buildTester, "Aibek");
  dana = await signedIn(buildTester, "Dana");
  nazira = await signedIn(buildAdmin, "Nazira");
  cycle = await buildCycle({ testers: [aibek, dana] });
  await fileMany(2_500, "Оплата ");
  await buildIssue({
    tester: dana,
    cycle,
    severity: "high",
    title: '=HYPERLINK("x"), "two"\r\nlines',
  });
  await buildIssue({ tester: dana, cycle, title: "Her draft", draft: true });
});

async function file(who: Person, query: Record<string, string | null> = {}) {
  const answer = await answerOf(csv.loader(visit(issuesCsvPath(query), { session: who.session })));
  // Not text(), which would take the mark away.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer());
}

const rowsOf = (text: string, delimiter = ",") =>
  parse<Record<string, string>>(text, { bom: true, columns: true, delimiter });

async function idsOnPages(
  filter: Partial<IssueFilter>,
  order: IssueOrder,
  between = async () => {},
) {
  const reader = { id: nazira.id, role: "admin", zone: BUILDER_ZONE } as const;
  const ids: number[] = [];
  let page: IssuePage = null;
  for (;;) {
    const { list } = await issuesPage({ filter: { ...NO_FILTER, ...filter }, order, reader }, page);
    ids.push(...list.issues.map(({ id }) => id));
    if (!list.older) return ids;
    page = { direction: "older", place: list.older };
    await between();
  }
}

describe("the CSV of the issue list", () => {
  test.each(ISSUE_ORDERS)("holds the rows of the pages, sorted by %s", async (sort) => {
    const ids = rowsOf(await file(nazira, { sort, severity: "high" })).map(({ id }) => Number(id));
    expect(ids).toEqual(await idsOnPages({ severity: "high" }, sort));
    expect(ids.length).toBeGreaterThan(800);
  });

  test("none twice, none missing, while issues are being filed", async () => {
    const before = await idsOnPages({ q: "оплаты" }, "newest");
    let filed = 0;
    const filing = async () => {
      await buildIssue({ tester: aibek, cycle, title: `Оплата в это время ${filed++}` });
    };
    const [pages, text] = await Promise.all([
      idsOnPages({ q: "оплаты" }, "newest", filing),
      (async () => {
        await filing();
        return file(nazira, { q: "оплаты" });
      })(),
    ]);
    const ids = rowsOf(text).map(({ id }) => Number(id));
    for (const seen of [pages, ids]) {
      expect(new Set(seen).size).toBe(seen.length);
      expect(before.filter((id) => !seen.includes(id))).toEqual([]);
    }
    expect(filed).toBeGreaterThan(40);
    // Afterwards both are the whole again.
    const now = rowsOf(await file(nazira, { q: "оплаты" })).map(({ id }) => Number(id));
    expect(now).toEqual(await idsOnPages({ q: "оплаты" }, "newest"));
    expect(now).toHaveLength(2_500 + filed);
  });

  test("is RFC 4180 with a mark for Excel, defused, and audited", async () => {
    const text = await file(dana);
    expect(text.slice(0, 12)).toBe("\uFEFFid,filed_on");
    expect(text.split("\r\n")[0]).not.toContain("tester");
    const [draft, filed] = rowsOf(text);
    expect(draft).toMatchObject({ issue_title: "Her draft", filed_on: "", suggested_amount: "" });
    expect(filed?.issue_title).toBe(`'=HYPERLINK("x"), "two"\r\nlines`);
    expect(filed).toMatchObject({
      suggested_amount: "8000.00",
      approved_amount: "",
      currency: "KZT",
    });
    const semicolons = await file(dana, { separator: "semicolon" });
    expect(rowsOf(semicolons, ";")[1]).toMatchObject({ suggested_amount: "8000,00" });
    const audited = await db().auditEntry.findFirst({ orderBy: { id: "desc" } });
    expect(audited).toMatchObject({
      kind: "exported",
      actorId: dana.id,
      detail: { file: "issues" },
    });
  });

  test("gives testers their own, whatever they ask for, and the anonymous nothing", async () => {
    const rows = rowsOf(
      await file(dana, { tester: String(aibek.id), page: "-1", sort: "id;drop" }),
    );
    expect(rows).toHaveLength(2);
    const unknown = await file(nazira, { tester: "2000000000", q: "'; DROP TABLE issues; --" });
    expect(rowsOf(unknown)).toEqual([]);
    const answer = await answerOf(csv.loader(visit("/app/issues.csv")));
    expect(answer.headers.get("location")).toMatch(/^\/login\?next=/);
  });
});
