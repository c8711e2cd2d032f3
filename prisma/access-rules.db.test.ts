/** Invite links, View as, and the last admin (DESIGN 7), by plain SQL. */
import { describe, expect, test } from "vitest";
import { type Case, testEach } from "./rules-cases";
import type { World } from "./rules-fixture";
import { openInvite, session, startView } from "./rules-people";
import {
  answerTo,
  check,
  connect,
  foreignKey,
  illegal,
  type Refusal,
  unique,
  useWorld,
} from "./rules-refusal";
import { type Columns, insertOne, one, update } from "./rules-sql";

const world = useWorld();

const nothing = () => Promise.resolve(0);
const HOUR = 3_600_000;
const hoursFromNow = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

const CHANGES: Columns[] = [
  { used_at: null },
  { used_at: hoursFromNow(1) },
  { replaced_at: hoursFromNow(0), used_at: null },
];
const NO_ADMIN_ANY_MORE: Columns[] = [{ role: "tester" }, { deactivated_at: hoursFromNow(0) }];

describe("an invite link", () => {
  const invite = (title: string, refusal: Refusal | undefined, change: Columns): Case => ({
    ...{ title, ...(refusal ? { refusal } : {}) },
    given: nothing,
    attempt: (w) => openInvite(w, change),
  });
  const lasting = check("invites_expire_within_a_week");
  testEach(world, [
    invite("for three days", undefined, {}),
    invite("that never expires", lasting, { expires_at: hoursFromNow(24 * 365) }),
    invite("that has expired before", lasting, { expires_at: hoursFromNow(-1) }),
    invite("with its token in the clear", check("invites_token_hash_shape"), {
      token_hash: "the token itself",
    }),
    invite("used and replaced", check("invites_used_or_replaced"), {
      used_at: hoursFromNow(0),
      replaced_at: hoursFromNow(0),
    }),
    invite("used after its end", check("invites_used_in_time"), { used_at: hoursFromNow(73) }),
  ]);

  const open = (w: World) => openInvite(w, { user_id: w.tester });
  const used = async (w: World) => {
    const id = await openInvite(w, { user_id: w.otherAdmin });
    await update(w, "invites", id, { used_at: hoursFromNow(0) });
    return id;
  };
  const change = illegal("invites_legal_change");
  testEach(world, [
    {
      title: "beside another open one",
      refusal: unique("invites_one_open"),
      given: open,
      attempt: (w) => openInvite(w, { user_id: w.tester }),
    },
    {
      title: "after the other was replaced",
      given: open,
      attempt: async (w, id) => {
        await update(w, "invites", id, { replaced_at: hoursFromNow(0) });
        await openInvite(w, { user_id: w.tester });
      },
    },
    ...CHANGES.map((columns, at): Case => ({
      ...{ title: `used once and changed (${at + 1})`, refusal: change, given: used },
      attempt: (w, id) => update(w, "invites", id, columns),
    })),
    {
      ...{ title: "handed to another", refusal: change, given: open },
      attempt: (w, id) => update(w, "invites", id, { user_id: w.otherTester }),
    },
  ]);
});

describe("a view", () => {
  const start = illegal("admin_impersonation_log_legal_start");
  const own = (w: World) => session(w, w.admin);
  const begin = (
    title: string,
    refusal: Refusal | readonly Refusal[] | undefined,
    columns: (w: World) => Columns | Promise<Columns>,
  ): Case => ({
    ...{ title, ...(refusal ? { refusal } : {}) },
    given: own,
    attempt: async (w, id) => startView(w, { session_id: id, ...(await columns(w)) }),
  });
  testEach(world, [
    begin("of a tester by an admin", undefined, () => ({})),
    begin("of another admin", start, (w) => ({ user_id: w.otherAdmin })),
    begin("of oneself", [start, check("admin_impersonation_log_not_oneself")], (w) => ({
      user_id: w.admin,
    })),
    begin("by a tester", start, async (w) => ({
      session_id: await session(w, w.otherTester),
      admin_id: w.otherTester,
    })),
    begin("in another's session", start, (w) => ({ admin_id: w.otherAdmin })),
    begin("in a session that has ended", start, async (w) => ({
      session_id: await session(w, w.admin, { ended_at: hoursFromNow(0) }),
    })),
    begin("of somebody deactivated", start, async (w) => ({
      user_id: await insertOne(w, "users", {
        ...{ name: "Gone", email: `gone${Math.random()}@example.com` },
        deactivated_at: hoursFromNow(-1),
      }),
    })),
    ...[null, "", "  ", "x".repeat(501)].map((reason) =>
      begin(
        `for the reason ${JSON.stringify(reason)?.slice(0, 10)}`,
        check("admin_impersonation_log_reason"),
        () => ({ reason }),
      ),
    ),
  ]);

  const begun = (w: World) => startView(w);
  const stop = async (w: World, id: number, change: Columns = {}) => {
    const text =
      "SELECT session_id, admin_id, user_id, at FROM admin_impersonation_log WHERE id = $1";
    const { at, ...who } = await one<{ at: Date } & Columns>(w, text, id);
    const row = { kind: "stopped", start_id: id, ended: "asked", at: at.toISOString(), ...who };
    return insertOne(w, "admin_impersonation_log", { ...row, ...change });
  };
  const at = (title: string, refusal: Refusal | undefined, attempt: Case["attempt"]): Case => ({
    ...{ title, ...(refusal ? { refusal } : {}) },
    ...{ given: begun, attempt },
  });
  const stopped = illegal("admin_impersonation_log_legal_stop");
  testEach(world, [
    at("stopped", undefined, (w, id) => stop(w, id)),
    at("stopped twice", unique("admin_impersonation_log_stopped_once"), async (w, id) => {
      await stop(w, id);
      await stop(w, id);
    }),
    at("stopped before it began", stopped, (w, id) => stop(w, id, { at: hoursFromNow(-1) })),
    at("of more than 30 minutes", stopped, (w, id) => stop(w, id, { at: hoursFromNow(0.51) })),
    at(
      "stopped as if another had begun it",
      foreignKey("admin_impersonation_log_start_fkey"),
      (w, id) => stop(w, id, { admin_id: w.otherAdmin }),
    ),
    at("stopped without saying how", check("admin_impersonation_log_how_ended"), (w, id) =>
      stop(w, id, { ended: null }),
    ),
    at("inside another", illegal("admin_impersonation_log_not_nested"), async (w, id) => {
      const text = "SELECT session_id FROM admin_impersonation_log WHERE id = $1";
      const { session_id } = await one<{ session_id: number }>(w, text, id);
      await startView(w, { session_id, user_id: w.otherTester });
    }),
  ]);
});

test("a view ends with its session", async () => {
  const w = world();
  const sessionId = await session(w, w.admin);
  const startId = await startView(w, { session_id: sessionId });
  await update(w, "sessions", sessionId, { ended_at: hoursFromNow(0) });
  const text = "SELECT ended FROM admin_impersonation_log WHERE start_id = $1";
  expect(await one(w, text, startId)).toEqual({ ended: "session_ended" });
});

describe("the last active admin", () => {
  const lastAdmin = illegal("users_last_admin");
  testEach(world, [
    {
      title: "is not the first of two",
      given: nothing,
      attempt: (w) => update(w, "users", w.admin, { role: "tester" }),
    },
    ...NO_ADMIN_ANY_MORE.map((columns): Case => ({
      title: `does not become ${JSON.stringify(Object.keys(columns))}`,
      refusal: lastAdmin,
      given: nothing,
      attempt: async (w) => {
        await update(w, "users", w.admin, columns);
        await update(w, "users", w.otherAdmin, columns);
      },
    })),
  ]);

  test("stays when two demote each other at once", async () => {
    const w = world();
    const other = { ...w, sql: await connect() };
    try {
      await w.sql.query("BEGIN");
      await update(w, "users", w.admin, { role: "tester" });
      const second = answerTo(other, () =>
        update(other, "users", w.otherAdmin, { role: "tester" }),
      );
      await w.sql.query("COMMIT");
      expect(await second).toEqual(lastAdmin);
    } finally {
      await other.sql.end();
      await update(w, "users", w.admin, { role: "admin" });
    }
  });
});

test("whoever is deactivated has no session any more", async () => {
  const w = world();
  const id = await session(w, w.otherTester);
  await update(w, "users", w.otherTester, { deactivated_at: hoursFromNow(0) });
  const { ended } = await one<{ ended: boolean }>(
    w,
    "SELECT ended_at IS NOT NULL AS ended FROM sessions WHERE id = $1",
    id,
  );
  expect(ended).toBe(true);
});
