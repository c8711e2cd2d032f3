import { beforeAll, describe, expect, test } from "vitest";
import { useTestDatabase } from "~/database/test-database";
import {
  AUDIT_GROUPS,
  type AuditFilter,
  auditPlaceText,
  readAuditPlace,
} from "~/filters/audit-filter";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildTester,
} from "../../prisma/builders";
import { auditList, exportAudit } from "./audit-list.server";
import { recordAudit } from "./audit.server";
import { approveIssue } from "./decision.server";
import { createInvite } from "./invite.server";
import { reversePayment } from "./reversal.server";
import { claimTry } from "./sign-in-attempt.server";
import { signIn } from "./sign-in.server";
import { changeRole } from "./user-change.server";
import { startView, stopView } from "./view-as.server";

useTestDatabase();

const ZONE = "Asia/Almaty";
const ALL: AuditFilter = { person: null, group: null, from: null, to: null };

let nazira: { id: number };
let aibek: { id: number };

beforeAll(async () => {
  nazira = await buildAdmin({ name: "Nazira" });
  aibek = await buildTester({ name: "Aibek", email: "aibek@example.com" });
  const at = new Date();
  const act = { actorId: nazira.id, at };
  const by = { userId: nazira.id, address: "192.0.2.1", userAgent: null, replaces: null };
  const { sessionId } = await signIn(by);
  await claimTry({ email: "Aibek@example.com", address: "192.0.2.9" });
  const dana = await buildTester({ name: "Dana" });
  await createInvite(dana.id, act);
  await changeRole(dana.id, "admin", act);
  await startView({ sessionId, adminId: nazira.id, userId: aibek.id, reason: "A lost payment" });
  await stopView(sessionId, "asked");
  const cycle = await buildCycle({ testers: [aibek] });
  const { id } = await buildIssue({ tester: aibek, cycle });
  await approveIssue({ issueId: id }, act);
  await buildPaidBatch({ admin: nazira, issueIds: [id], at });
  const reason = "The bank sent it back";
  const on = new Intl.DateTimeFormat("sv", { timeZone: ZONE }).format(at);
  await reversePayment({ issueId: id, kind: "bounced", reason, on }, act);
  await recordAudit({ kind: "exported", actorId: nazira.id, detail: { file: "payments" } });
});

const whats = async (filter: Partial<AuditFilter>) =>
  (await auditList({ ...ALL, ...filter }, ZONE, null, 100)).map(({ what }) => what);

describe("the audit list", () => {
  test("tells of everything, newest first, filings and payments apart", async () => {
    const lines = await auditList(ALL, ZONE, null, 100);
    const times = lines.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(lines.map(({ what }) => what).sort()).toEqual([
      ...["approved", "batch_confirmed", "batch_prepared", "exported", "invited", "reversed"],
      ...["role_changed", "sign_in_failed", "signed_in", "view_started", "view_stopped"],
    ]);
  });

  test.each([
    ["sign_in", ["sign_in_failed", "signed_in"]],
    ["account", ["invited", "role_changed"]],
    ["view_as", ["view_started", "view_stopped"]],
    ["decision", ["approved"]],
    ["batch", ["batch_confirmed", "batch_prepared"]],
    ["reversal", ["reversed"]],
    ["export", ["exported"]],
    ["settings", []],
  ] as const)("of %s", async (group, expected) => {
    expect((await whats({ group })).sort()).toEqual(expected);
  });

  test("has every line in one group, and no more", async () => {
    const parts = await Promise.all(AUDIT_GROUPS.map((group) => whats({ group })));
    expect(parts.flat().sort()).toEqual((await whats({})).sort());
  });

  test("of a person is what they did, and what was done to them", async () => {
    expect((await whats({ person: aibek.id })).sort()).toEqual([
      ...["sign_in_failed", "view_started", "view_stopped"],
    ]);
    expect(await whats({ person: nazira.id })).not.toContain("sign_in_failed");
  });

  test("of a day in the team's time zone", async () => {
    expect(await whats({ from: "2020-01-01", to: "2020-01-31" })).toEqual([]);
    expect(await whats({ from: "2020-01-01" })).toHaveLength(11);
    expect(await whats({ to: "2020-01-31" })).toEqual([]);
  });

  test.each([ZONE, "America/New_York"])("up to the last day there is, in %s", async (zone) => {
    const filter = { ...ALL, to: "9999-12-31" };
    expect(await auditList(filter, zone, null, 100)).toHaveLength(11);
  });

  test("after a place of its own; beyond the year 9999 there is none", async () => {
    const last = readAuditPlace("253402300799999-0-5");
    expect(await auditList(ALL, ZONE, last, 100)).toHaveLength(11);
    expect(readAuditPlace("253402300800000-0-5")).toBeNull();
  });

  test("in pages of any size is the same list: nothing twice, nothing missing", async () => {
    const key = ({ source, id }: { source: number; id: number }) => `${source}-${id}`;
    const whole = (await auditList(ALL, ZONE, null, 100)).map(key);
    for (const size of [1, 2, 3, 7]) {
      const read: string[] = [];
      for (let place = null, more = true; more;) {
        const lines = await auditList(ALL, ZONE, place, size);
        read.push(...lines.map(key));
        const last = lines.at(-1);
        more = last !== undefined;
        if (last) place = readAuditPlace(auditPlaceText(last));
      }
      expect(read).toEqual(whole);
    }
  });

  test("as a file holds the same lines", async () => {
    const rows = await exportAudit({ ...ALL, group: "batch" }, ZONE);
    try {
      expect((await rows.next()).map(({ what }) => what).sort()).toEqual([
        ...["batch_confirmed", "batch_prepared"],
      ]);
    } finally {
      await rows.close();
    }
  });
});
