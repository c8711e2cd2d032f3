/** Sessions, invite links and views in plain SQL, each legal; a test names what is wrong instead. */
import type { World } from "./rules-fixture";
import { type Columns, insert, insertOne } from "./rules-sql";

let made = 0;

/** 64 hex digits, as SHA-256 writes them. */
export const someHash = () => (++made).toString(16).padStart(64, "0");

export function session(w: World, userId: number, change: Columns = {}): Promise<number> {
  const expires = new Date(Date.now() + 86_400_000).toISOString();
  const row = { token_hash: someHash(), user_id: userId, expires_at: expires };
  return insertOne(w, "sessions", { ...row, ...change });
}

const HOUR = 3_600_000;

export function openInvite(w: World, change: Columns = {}): Promise<number> {
  const now = Date.now();
  return insertOne(w, "invites", {
    user_id: w.otherTester,
    token_hash: someHash(),
    created_by: w.admin,
    created_at: new Date(now).toISOString(),
    expires_at: new Date(now + 72 * HOUR).toISOString(),
    ...change,
  });
}

/** The admin looks at the app as the tester, in a session of their own. */
export async function startView(w: World, change: Columns = {}): Promise<number> {
  return insertOne(w, "admin_impersonation_log", {
    kind: "started",
    session_id: change.session_id ?? (await session(w, w.admin)),
    admin_id: w.admin,
    user_id: w.tester,
    reason: "Cannot find a payment",
    ...change,
  });
}

/** A tester without password, linked by e-mail. */
export function identity(w: World, change: Columns = {}): Promise<number> {
  const subject = `subject-${++made}`;
  return insertOne(w, "identities", {
    ...{ user_id: w.otherTester, issuer: "https://id.example.com", subject, how: "email" },
    ...change,
  });
}

/** A doctor's run that found something, or what `change` says. */
export function doctorRun(w: World, change: Columns = {}): Promise<number> {
  const findings = JSON.stringify([{ check: "paid_once", offenders: 1, examples: [] }]);
  const found = { origin: "app", took_ms: 12, findings, fingerprint: "paid_once:1" };
  return insertOne(w, "doctor_runs", { ...found, ...change });
}

export async function look(w: World, change: Columns = {}): Promise<void> {
  const run = change.run_id ?? (await doctorRun(w));
  const note = "Asked the bank: paid once";
  await insert(w, "doctor_looks", { admin_id: w.admin, note, ...change, run_id: run });
}

/** A backup that was brought back. */
export function restoration(w: World, change: Columns = {}): Promise<number> {
  const backup = { backup_at: "2026-11-20T10:00:00Z", backup_hash: someHash() };
  return insertOne(w, "restorations", { ...backup, ...change });
}

export async function comparison(w: World, change: Columns = {}): Promise<void> {
  const restoration_id = change.restoration_id ?? (await restoration(w));
  const note = "Nothing newer than 8841 at the bank";
  await insert(w, "restoration_looks", { admin_id: w.admin, note, ...change, restoration_id });
}
