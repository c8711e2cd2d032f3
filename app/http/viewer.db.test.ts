import { afterEach, describe, expect, test, vi } from "vitest";
import { closeDatabase, db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { UserRole } from "~/generated/prisma/client";
import * as sessions from "~/models/session.server";
import { signIn } from "~/models/sign-in.server";
import { createUser } from "~/models/user.server";
import { loadRootData } from "./root-data.server";
import { requireAdmin, requireViewer, viewerOf } from "./viewer.server";
import { answerOf, visit } from "./visit.fixture";

const url = useTestDatabase();

afterEach(() => vi.restoreAllMocks());

let people = 0;

async function someone(role: UserRole) {
  const email = `viewer${++people}@example.com`;
  const { id } = await createUser({ name: "Timur", email, role });
  const by = { userId: id, address: "192.0.2.1", userAgent: null, replaces: null };
  return { id, session: (await signIn(by)).secret };
}

const viewer = (path: string, options?: Parameters<typeof visit>[1]) => {
  const { request, context } = visit(path, options);
  return answerOf(requireViewer(request, context));
};
const admin = (path: string, options?: Parameters<typeof visit>[1]) => {
  const { request, context } = visit(path, options);
  return answerOf(requireAdmin(request, context));
};

describe("somebody who is not signed in", () => {
  test("visiting a page: to sign-in and back", async () => {
    const answer = await viewer("/app/issues?status=open&page=2");
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(
      "/login?next=%2Fapp%2Fissues%3Fstatus%3Dopen%26page%3D2",
    );
  });

  test("posting a form: 401, and what was typed is kept, but no password and no token", async () => {
    const form = { note: "typed with care", newPassword: "secret", csrf: "token" };
    const answer = await viewer("/app/issues/7?x=1", { form });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      kept: { path: "/app/issues/7?x=1", fields: [["note", "typed with care"]] },
    });
  });

  test("a program under /api/: 401 JSON", async () => {
    for (const options of [{}, { json: {} }, { headers: { accept: "*/*" } }]) {
      const answer = await viewer("/api/me/balance", options);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { code: "unauthenticated" } });
    }
  });

  test("a browser that opens an address under /api/: to sign-in and back", async () => {
    for (const [name, value] of [
      ["sec-fetch-mode", "navigate"],
      ["accept", "text/html,*/*"],
    ] as const) {
      const answer = await viewer("/api/me/balance/export.csv", { headers: { [name]: value } });
      expect(answer.headers.get("location")).toBe("/login?next=%2Fapi%2Fme%2Fbalance%2Fexport.csv");
    }
    const fetched = { "sec-fetch-mode": "cors", accept: "text/html" };
    expect((await viewer("/api/me/balance", { headers: fetched })).status).toBe(401);
  });
});

describe("somebody signed in", () => {
  test("is who the session says, and the server in front may log it", async () => {
    const { id, session } = await someone("tester");
    const { request, context } = visit("/app", { session });
    expect(await requireViewer(request, context)).toMatchObject({
      id,
      name: "Timur",
      role: "tester",
    });
    expect(context.notes.userId).toBe(id);
  });

  test("is looked up once, however many loaders ask", async () => {
    const find = vi.spyOn(sessions, "findSession");
    const { session } = await someone("tester");
    const { request, context } = visit("/app", { session });
    await Promise.all([
      loadRootData(request, context),
      requireViewer(request, context),
      viewerOf(request.clone(), context),
    ]);
    expect(find).toHaveBeenCalledTimes(1);
  });

  test("as a tester is kept out of what is for admins: 403, JSON under /api/", async () => {
    const { session } = await someone("tester");
    expect((await admin("/app/admin/triage", { session })).status).toBe(403);
    expect((await admin("/app/admin/triage", { session, form: {} })).status).toBe(403);
    const api = await admin("/api/admin/triage", { session });
    expect(api.status).toBe(403);
    expect(await api.json()).toMatchObject({ error: { code: "forbidden" } });
  });

  test("loses what a demotion or deactivation takes at the next request", async () => {
    const { id, session } = await someone("admin");
    // The last active admin could not be demoted.
    await someone("admin");
    expect((await admin("/app/admin/triage", { session })).status).toBe(200);
    await db().user.update({ where: { id }, data: { role: "tester" } });
    expect((await admin("/app/admin/triage", { session })).status).toBe(403);
    await db().user.update({ where: { id }, data: { deactivatedAt: new Date() } });
    expect((await admin("/app/admin/triage", { session })).status).toBe(302);
    expect((await admin("/app/admin/triage", { session, form: {} })).status).toBe(401);
  });
});

test("while the database is away: 503 for the page, and its frame still shows", async () => {
  const { session } = await someone("tester");
  await closeDatabase();
  process.env.DATABASE_URL = "postgresql://nobody@127.0.0.1:1/nowhere";
  try {
    const { request, context } = visit("/app", { session });
    const answer = await answerOf(requireViewer(request, context));
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect((await loadRootData(request, context)).data.user).toBeNull();
  } finally {
    await closeDatabase();
    process.env.DATABASE_URL = url;
  }
});
