import { beforeAll, describe, expect, it } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { leaveMoneySound } from "./doctor.fixture";
import { findImportActor, type ImportActor } from "./issue-import.server";
import {
  type Cells,
  countOf,
  countRows,
  csv,
  exampleCells,
  type Imported,
  importText,
} from "./issue-import-example";
import { createUser } from "./user.server";

useTestDatabase();
leaveMoneySound();

const paid: Cells = {
  status: "fixed",
  resolved_at: "2026-05-03T10:00:00Z",
  payout_status: "paid",
  amount: "15000",
  paid_on: "2026-05-10",
  method: "kaspi",
  reference: "8841",
};
const aibek: Cells = { reporter_email: "aibek@example.com", reporter_name: "Aibek" };
const dana: Cells = { reporter_email: "dana@example.com", reporter_name: "Dana" };

const LEDGER: readonly Cells[] = [
  exampleCells(1, { ...paid, ...aibek }),
  exampleCells(2, { ...paid, ...aibek, amount: "8000,50" }),
  exampleCells(3, { ...paid, ...aibek, reference: "8842" }),
  exampleCells(4, { ...paid, ...dana, currency: "USD", amount: "50" }),
  exampleCells(5, { ...paid, ...dana, method: "cash", reference: "", paid_on: "2026-05-03" }),
  exampleCells(6, { ...paid, ...dana, status: "duplicate" }),
  exampleCells(7, { ...paid, ...dana, resolved_at: "2026-06-01T10:00:00Z" }),
  exampleCells(8, { ...aibek, payout_status: "approved", amount: "3000" }),
  exampleCells(9, { ...aibek, status: "fixed", payout_status: "approved", amount: "3000" }),
  exampleCells(10, { ...aibek, status: "wont_fix", payout_status: "void", amount: "1000" }),
  exampleCells(11, { ...aibek, status: "closed", payout_status: "void", amount: "1000" }),
  exampleCells(12, { ...dana, status: "fixed", payout_status: "rejected" }),
  exampleCells(13, { ...dana, status: "fixed", payout_status: "pending" }),
];

function statuses() {
  return db().issue.findMany({
    where: { externalId: { startsWith: "EX-" } },
    orderBy: { id: "asc" },
    select: { status: true, payoutStatus: true, version: true },
  });
}

async function sums(currency: string) {
  return countOf(`SELECT sum(amount) AS count FROM issue_payouts WHERE currency = '${currency}'`);
}

describe("a ledger from a spreadsheet", () => {
  let imported: Imported;

  beforeAll(async () => {
    imported = await importText(csv(LEDGER));
  });

  it("comes in whole", () => {
    expect(imported.findings).toEqual([]);
    expect(imported.summary).toMatchObject({ imported: 13, payments: 7, batches: 3 });
  });

  it("leaves every issue where the file says", async () => {
    expect((await statuses()).map((i) => `${i.status}/${i.payoutStatus} v${i.version}`)).toEqual([
      ...["fixed/paid v4", "fixed/paid v4", "fixed/paid v4", "fixed/paid v4", "fixed/paid v4"],
      ...["duplicate/paid v4", "fixed/paid v4", "triaged/approved v2", "fixed/approved v3"],
      ...["wont_fix/void v4", "closed/void v4", "fixed/rejected v3", "fixed/pending v2"],
    ]);
  });

  it("pays exactly what the file says, each currency by itself", async () => {
    expect(await sums("KZT")).toBe(1_500_000 * 5 + 800_050);
    expect(await sums("USD")).toBe(5_000);
  });

  it("writes payments as confirming a batch would", async () => {
    const payment = await db().payment.findFirstOrThrow({
      where: { issue: { externalId: "EX-2" } },
      include: { item: { include: { transfer: { include: { batch: true } } } } },
    });
    expect(payment).toMatchObject({
      seq: 1,
      amount: 800_050n,
      currency: "KZT",
      method: "kaspi",
      reference: "8841",
      paidOn: new Date("2026-05-10"),
      recordedById: null,
      cycleName: "Example cycle",
      issueTitle: "Example 2",
      severity: "medium",
    });
    const { transfer } = payment.item;
    expect(transfer).toMatchObject({ issueCount: 2, totalAmount: 2_300_050n, payeeName: "Aibek" });
    expect(transfer.batch).toMatchObject({ kind: "import", status: "confirmed" });
  });

  it("opens one batch a day, and one more for a tester's second transfer of that day", async () => {
    const batches = await db().payoutBatch.findMany({
      orderBy: { id: "asc" },
      select: { transfers: { orderBy: { id: "asc" }, select: { paidOn: true, reference: true } } },
    });
    const told = batches.map(({ transfers }) =>
      transfers.map((t) => `${t.paidOn?.toISOString().slice(5, 10)} ${t.reference}`),
    );
    expect(told).toEqual([
      ["05-03 null"],
      ["05-10 8841", "05-10 8841", "05-10 8841"],
      ["05-10 8842"],
    ]);
  });

  it("gives the events the file's dates, and the money its amount", async () => {
    const issue = await db().issue.findUniqueOrThrow({
      where: { externalId: "EX-7" },
      include: { events: { orderBy: { version: "asc" } } },
    });
    expect(issue.approvedAt).toEqual(new Date("2026-05-01T10:00:00Z"));
    expect(issue.events.map((e) => [e.kind, e.at.toISOString(), e.amount])).toEqual([
      ["filed", "2026-05-01T10:00:00.000Z", null],
      ["approved", "2026-05-01T10:00:00.000Z", 1_500_000n],
      ["paid", "2026-05-09T19:00:00.000Z", 1_500_000n],
      ["status_changed", "2026-06-01T10:00:00.000Z", 1_500_000n],
    ]);
  });

  it("pays nothing twice", async () => {
    const before = await countRows();
    const { summary } = await importText(csv(LEDGER));
    expect(summary).toMatchObject({ alreadyThere: 13, payments: 0, batches: 0 });
    expect(await countRows()).toEqual(before);
  });

  it("takes the currency of the cycle where a row names none", async () => {
    const rates = { critical: 5000, high: 4000, medium: 3000, low: 2000, currency: "USD" };
    const cycle = "In dollars";
    await db().testCycle.create({ data: { name: cycle, metadata: { payout_rates: rates } } });
    const { findings } = await importText(csv([exampleCells(20, { ...paid, ...aibek, cycle })]));
    expect(findings).toEqual([]);
    const issue = await db().issue.findUniqueOrThrow({ where: { externalId: "EX-20" } });
    expect(issue).toMatchObject({ approvedCurrency: "USD", approvedAmount: 1_500_000n });
  });
});

describe("--as", () => {
  let actor: ImportActor;

  beforeAll(async () => {
    await createUser({ name: "Nazira", email: "Nazira@example.com", role: "admin" });
    const found = await findImportActor("nazira@EXAMPLE.com");
    if (found === null) throw new Error("Nazira is an admin");
    actor = found;
  });

  it("is an admin who is not deactivated", async () => {
    expect(await findImportActor("aibek@example.com")).toBeNull();
    expect(await findImportActor("nobody@example.com")).toBeNull();
    const { id } = await createUser({ name: "Ex", email: "ex@example.com", role: "admin" });
    await db().user.update({ where: { id }, data: { deactivatedAt: new Date() } });
    expect(await findImportActor("ex@example.com")).toBeNull();
  });

  it("is who did all of it", async () => {
    const { summary } = await importText(csv([exampleCells(30, { ...paid, ...aibek })]), { actor });
    expect(summary).toMatchObject({ imported: 1, payments: 1 });
    const issue = await db().issue.findUniqueOrThrow({
      where: { externalId: "EX-30" },
      include: { events: true, payments: { include: { item: true } } },
    });
    expect(issue.approvedById).toBe(actor.id);
    expect(new Set(issue.events.map((event) => event.actorId))).toEqual(new Set([actor.id]));
    expect(issue.payments.map((payment) => payment.recordedById)).toEqual([actor.id]);
    const batchId = issue.payments[0]?.batchId ?? 0;
    const batch = await db().payoutBatch.findUniqueOrThrow({ where: { id: batchId } });
    expect([batch.preparedById, batch.confirmedById]).toEqual([actor.id, actor.id]);
  });

  it("neither approves nor pays own issues, but may have filed some", async () => {
    const own: Cells = { reporter_email: "NAZIRA@example.com", reporter_name: "Nazira" };
    const { summary, findings } = await importText(
      csv([
        exampleCells(31, { ...paid, ...own }),
        exampleCells(32, { ...own, payout_status: "approved", amount: "3000" }),
        exampleCells(33, { ...own, status: "duplicate" }),
      ]),
      { actor },
    );
    expect(summary).toMatchObject({ imported: 1, bad: 2, testersCreated: 0 });
    const codes = findings.map((f) => (f.kind === "bad" ? f.problems.map((p) => p.code) : []));
    expect(codes).toEqual([["own_issue"], ["own_issue"]]);
    const issue = await db().issue.findUniqueOrThrow({
      where: { externalId: "EX-33" },
      select: { testerId: true },
    });
    expect(issue.testerId).toBe(actor.id);
  });
});
