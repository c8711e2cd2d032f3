import type { BrowserContext } from "@playwright/test";
import { db } from "~/database/client.server";
import { LOCALE_COOKIE } from "~/http/locale-cookie";
import * as paths from "~/http/paths";
import { SESSION_COOKIE } from "~/http/session-cookie";
import type { Prisma } from "~/generated/prisma/client";
import type { Locale } from "~/i18n/locale";
import { createInvite } from "~/models/invite.server";
import { signIn } from "~/models/sign-in.server";
import { buildPreparedBatch } from "../prisma/builders";
import { approvedIssues, newTeam } from "./data";
import { newTester } from "./fixtures";

/** Somebody who looks at pages; null is a stranger. */
export type Looker = "aibek@example.com" | "dana@example.com" | "nazira@example.com";

/** Pages by a name for the picture's file. */
export type PagesOf = {
  readonly by: Looker | null;
  readonly pages: Readonly<Record<string, string>>;
};

/** Every page of the app in the states that look different, over the demo data and a batch that waits. */
export async function everyPage(): Promise<readonly PagesOf[]> {
  return [
    { by: null, pages: await forStrangers() },
    { by: "aibek@example.com", pages: await forTesters() },
    { by: "dana@example.com", pages: await forSomebodyWithMishaps() },
    { by: "nazira@example.com", pages: await forAdmins() },
  ];
}

/**
 * Goes on as this person, without the way over the sign-in page; in this language, which stays the person's own, or with
 * null in the browser's, as the other journeys expect of the demo people.
 */
export async function become(context: BrowserContext, by: Looker | null, locale: Locale | null) {
  await context.clearCookies();
  const keep = (name: string, value: string) =>
    context.addCookies([{ name, value, domain: "localhost", path: "/", httpOnly: true }]);
  if (locale) await keep(LOCALE_COOKIE, locale);
  if (by === null) return;
  const id = await idOf(by);
  if (locale) await db().user.update({ where: { id }, data: { locale } });
  const session = { userId: id, address: "127.0.0.1", userAgent: null, replaces: null };
  const { secret } = await signIn(session);
  await keep(SESSION_COOKIE, secret);
}

async function forStrangers() {
  const invited = await newTester("Жанаргуль");
  const admin = await idOf("nazira@example.com");
  const { token } = await createInvite(invited.id, { actorId: admin, at: new Date() });
  return {
    login: paths.loginPath(),
    invite: paths.invitePath(token),
    "invite-used": paths.invitePath("used-or-never-made"),
  };
}

async function forTesters() {
  const own = { tester: { email: "aibek@example.com" } };
  const issue = (where: object) => someIssue({ ...own, ...where });
  const cycle = await db().testCycle.findFirstOrThrow({
    where: { testers: { some: { user: own.tester } } },
  });
  return {
    balance: paths.balancePath(),
    statement: paths.statementPath(),
    "statement-wrong": paths.statementPath({ from: "31.02.2026" }),
    "my-reports": paths.issuesPath(),
    "my-reports-none": paths.issuesPath({ q: "no issue has this text" }),
    "issue-new": paths.newIssuePath(),
    "issue-awaiting": await issue({ payoutStatus: "pending", status: "open" }),
    "issue-approved": await issue({ payoutStatus: "approved" }),
    "issue-paid": await issue({ payoutStatus: "paid" }),
    cycles: paths.cyclesPath(),
    cycle: paths.cyclePath(cycle.id),
    "settings-tester": paths.settingsPath(),
    "not-found": "/app/nowhere",
    forbidden: paths.payoutsPath(),
  };
}

async function forSomebodyWithMishaps() {
  const own = { tester: { email: "dana@example.com" } };
  return {
    "balance-two-currencies": paths.balancePath(),
    "statement-two-currencies": paths.statementPath(),
    "issue-rejected": await someIssue({ ...own, payoutStatus: "rejected" }),
    "issue-void": await someIssue({ ...own, payoutStatus: "void" }),
    "issue-paid-again": await someIssue({ ...own, payments: { some: { seq: 3 } } }),
  };
}

async function someIssue(where: Prisma.IssueWhereInput): Promise<string> {
  const { id } = await db().issue.findFirstOrThrow({ where, orderBy: { id: "asc" } });
  return paths.issuePath(id);
}

async function forAdmins() {
  const team = await newTeam("Абдрахманова-Сейтжанова");
  const [tester] = team.testers;
  if (!tester) throw new Error("The team has no tester.");
  const issueIds = await approvedIssues(team, tester, ["critical", "high", "low"]);
  const { batchId } = await buildPreparedBatch({ admin: team.admin, issueIds });
  await approvedIssues(team, tester, ["medium"]);
  const confirmed = await db().payoutBatch.findFirstOrThrow({ where: { status: "confirmed" } });
  const line = { testerId: tester.id, currency: "KZT" } as const;
  const cycle = await db().testCycle.findFirstOrThrow({
    where: { name: { startsWith: "Hackorda" } },
  });
  return {
    triage: paths.triagePath(),
    "triage-help": paths.triagePath({ help: "1" }),
    "triage-zero": paths.triagePath({ q: "no issue has this text" }),
    "ready-notes": paths.readyNotesPath(),
    "issue-of-tester": await someIssue({ payoutStatus: "pending", status: "open" }),
    issues: paths.issuesPath(),
    "issues-filtered": paths.issuesPath({ severity: "high", payoutStatus: "approved" }),
    payouts: paths.payoutsPath(),
    "payouts-line-open": paths.payLinePath(line),
    review: paths.reviewPath(),
    "review-all": paths.reviewAllPath(),
    payments: paths.paymentsPath(),
    voids: paths.voidsPath(),
    batches: paths.batchesPath(),
    "batch-prepared": paths.batchPath(batchId),
    "batch-confirmed": paths.batchPath(confirmed.id),
    "admin-cycles": paths.adminCyclesPath(),
    "admin-cycle": paths.adminCyclePath(cycle.id),
    "admin-cycle-payouts": paths.adminCyclePath(cycle.id, { part: "payouts" }),
    "admin-cycle-testers": paths.adminCyclePath(cycle.id, { part: "testers" }),
    "cycle-settings": paths.cycleSettingsPath(cycle.id),
    "cycle-new": paths.newCyclePath(),
    users: paths.usersPath(),
    user: paths.userPath(await idOf("aibek@example.com")),
    audit: paths.auditPath(),
    doctor: paths.doctorPath(),
    restored: paths.restoredPath(),
    "settings-admin": paths.settingsPath(),
  };
}

async function idOf(email: string): Promise<number> {
  return (await db().user.findFirstOrThrow({ where: { email }, select: { id: true } })).id;
}
