import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { SESSION_COOKIE } from "~/http/session-cookie";
import { approveIssue } from "~/models/decision.server";
import { createInvite } from "~/models/invite.server";
import { signIn } from "~/models/sign-in.server";
import { deactivate } from "~/models/user-change.server";
import { startView } from "~/models/view-as.server";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";

/** Every address of the build, as the routes write it: "/app/issues/:id". */
export async function routePatterns(): Promise<string[]> {
  const file = pathToFileURL(resolve("build/server/index.js")).href;
  const { routes } = (await import(file)) as ServerBuild;
  const pathOf = (id: string | undefined): string => {
    const route = id === undefined ? undefined : routes[id];
    if (!route) return "";
    return [pathOf(route.parentId), route.path].filter(Boolean).join("/");
  };
  const leaves = Object.values(routes).filter((route) => route && route.id !== "root");
  return [...new Set(leaves.map((route) => `/${pathOf(route?.id)}`))].sort();
}

export const PEOPLE = [
  "anonymous",
  "tester",
  "other tester",
  "admin",
  "admin viewing as",
  "deactivated",
] as const;
export type Who = (typeof PEOPLE)[number];

export type Walk = {
  /** Cookies of each, "" for nobody. */
  readonly cookies: Readonly<Record<Who, string>>;
  /** The addresses to try for a pattern: what is the tester's own, where something is. */
  readonly addressOf: (pattern: string) => string;
};

const COOKIE = (secret: string) => `${SESSION_COOKIE}=${secret}`;

async function session(userId: number) {
  return signIn({ userId, address: "192.0.2.1", userAgent: null, replaces: null });
}

/** People in every standing, and something of the tester's at every address that wants an id. */
export async function prepareWalk(): Promise<Walk> {
  const [nazira, viewing] = [
    await buildAdmin({ name: "Nazira" }),
    await buildAdmin({ name: "Admin" }),
  ];
  const names = ["Aibek", "Dana", "Gone"] as const;
  const [aibek, dana, gone] = await Promise.all(names.map((name) => buildTester({ name })));
  if (!aibek || !dana || !gone) throw new Error("They were just made.");
  const cycle = await buildCycle({ testers: [aibek] });
  const issue = await buildIssue({ tester: aibek, cycle });
  const paid = await buildIssue({ tester: aibek, cycle });
  const at = new Date();
  await approveIssue({ issueId: paid.id }, { actorId: nazira.id, at });
  const batch = await buildPreparedBatch({ admin: nazira, issueIds: [paid.id], at });
  const invite = await createInvite(dana.id, { actorId: nazira.id, at });
  const goneSession = await session(gone.id);
  await deactivate(gone.id, { actorId: nazira.id, at });
  const view = await session(viewing.id);
  const reason = "The walk over all routes";
  await startView({ sessionId: view.sessionId, adminId: viewing.id, userId: aibek.id, reason });
  const ids: Readonly<Record<string, number | string>> = {
    "/app/issues/": issue.id,
    "/app/test-cycles/": cycle.id,
    "/app/admin/test-cycles/": cycle.id,
    "/app/admin/payouts/batches/": batch.batchId,
    "/app/admin/users/": aibek.id,
    "/invite/": invite.token,
  };
  const idIn = (before: string) => String(ids[before] ?? 1);
  return {
    cookies: {
      anonymous: "",
      tester: COOKIE((await session(aibek.id)).secret),
      "other tester": COOKIE((await session(dana.id)).secret),
      admin: COOKIE((await session(nazira.id)).secret),
      "admin viewing as": COOKIE(view.secret),
      deactivated: COOKIE(goneSession.secret),
    },
    addressOf: (pattern) =>
      pattern
        .replace("*", `nowhere-${randomUUID().slice(0, 8)}`)
        .replace(/^(.*?\/):(\w+)/, (_, before: string) => before + idIn(before))
        .replace(/:\w+/g, "1"),
  };
}
