import { deepStrictEqual, ok } from "node:assert/strict";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeDatabase, db } from "~/database/client.server";
import { applyMigrations } from "~/database/migrate.server";
import { moneyFindings } from "~/models/doctor.fixture";
import { hashPassword } from "~/models/password.server";
import { buildAdmin, buildCycle, buildTester } from "../../prisma/builders";
import { AppProcess, DatabaseProcess, until } from "./kill.fixture";
import { AdminClient } from "./kill-client.fixture";
import { makePresses, type Press } from "./kill-press.fixture";

export type Victim = "app" | "database";

/** What became of the presses under way at the kills; the reads are pages that others opened meanwhile. */
export type Tally = {
  kills: number;
  acknowledged: number;
  refused: number;
  unanswered: number;
  paidAtRestart: number;
  reads: number;
};

const PASSWORD = "kill tests, long enough";
const EMAIL = "nazira@example.com";
const READ = ["/app/admin/payouts", "/app/admin/payouts/batches", "/app/issues"];
/** Longer than the app takes to say that its database is away. */
const ANSWER_WAIT_MS = 8_000;

const isAcknowledged = (answer: Response | null) =>
  answer?.status === 200 || answer?.status === 303;

/**
 * The built app and a durable PostgreSQL, each a process to be killed, while batches are being confirmed: nothing
 * acknowledged is lost, nothing is half done, and pressing again leads to one payment (ABUSE, Money and state).
 * Throws AssertionError at the first thing that is not so.
 */
export class KillField {
  readonly #everyIssue: number[] = [];
  #usualMs = 0;

  private constructor(
    private readonly dataDir: string,
    private readonly database: DatabaseProcess,
    private readonly app: AppProcess,
    private readonly client: AdminClient,
    private readonly people: Parameters<typeof makePresses>[0],
  ) {}

  static async create(): Promise<KillField> {
    const dataDir = await mkdtemp(join(tmpdir(), "tiyn-kill-"));
    // As root, PostgreSQL runs under another account, which must get into the folder.
    await chmod(dataDir, 0o755);
    const database = await DatabaseProcess.start(dataDir);
    process.env.DATABASE_URL = database.url;
    await applyMigrations(database.url);
    const passwordHash = await hashPassword(PASSWORD);
    const admin = await buildAdmin({ name: "Nazira", email: EMAIL, passwordHash });
    const testers = [await buildTester({ name: "Aibek" }), await buildTester({ name: "Dana" })];
    const cycle = await buildCycle({ testers });
    const app = await AppProcess.create(database.url);
    await app.start();
    const client = new AdminClient(app.origin);
    await client.signIn(EMAIL, PASSWORD);
    return new KillField(dataDir, database, app, client, { client, admin, testers, cycle });
  }

  async stop(): Promise<void> {
    await this.app.kill("SIGTERM");
    await closeDatabase();
    await this.database.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** So many kills, each in a part of its own of the time that the presses take, at a random moment of that part. */
  async kill(victim: Victim, times: number, onKill: (tally: Tally) => void = () => {}) {
    if (times > 0) await this.#measure(victim);
    const tally = {
      ...{ kills: 0, acknowledged: 0, refused: 0, unanswered: 0 },
      ...{ paidAtRestart: 0, reads: 0 },
    };
    for (let n = 0; n < times; n++) {
      // A little beyond the usual time, so that some come just after the answer.
      const moment = (this.#usualMs * 1.25 * (n + Math.random())) / times;
      await this.#round(victim, moment, tally);
      onKill(tally);
    }
    return { usualMs: Math.round(this.#usualMs), ...tally };
  }

  /** Every issue of every round, at the end: acknowledged once is paid for ever, and once. */
  async everythingIsPaidOnce(): Promise<number> {
    deepStrictEqual(await paidIn(this.#everyIssue), this.#everyIssue.length);
    return this.#everyIssue.length;
  }

  async #presses(): Promise<Press[]> {
    const presses = await makePresses(this.people);
    this.#everyIssue.push(...presses.flatMap((press) => press.issueIds));
    return presses;
  }

  /** How long the presses take together when nobody is killed, just after a start as in every round. */
  async #measure(victim: Victim): Promise<void> {
    await (victim === "app" ? this.app.kill() : this.database.kill());
    await this.#bringBack(victim);
    const presses = await this.#presses();
    const began = performance.now();
    const reading = this.#readOn();
    await Promise.all(presses.map(pressAgain));
    this.#usualMs = performance.now() - began;
    await reading.stop();
  }

  async #round(victim: Victim, afterMs: number, tally: Tally): Promise<void> {
    const presses = await this.#presses();
    const answers = presses.map(({ press }) => press().catch(() => null));
    const reading = this.#readOn();
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await (victim === "app" ? this.app.kill() : this.database.kill());
    // What the admins see before anything is back: an answer that arrived, or none.
    const seen = await Promise.all(answers.map(answerOrNone));
    tally.reads += await reading.stop();
    await this.#bringBack(victim);
    for (const [n, press] of presses.entries()) await this.#judge(press, seen[n] ?? null, tally);
    await Promise.all(presses.map(pressAgain));
    for (const { issueIds } of presses) deepStrictEqual(await paidIn(issueIds), issueIds.length);
    deepStrictEqual(await moneyFindings(), []);
    tally.kills++;
  }

  async #bringBack(victim: Victim): Promise<void> {
    if (victim === "app") return this.app.start();
    await closeDatabase();
    await this.database.restart();
  }

  async #judge({ issueIds }: Press, first: Response | null, tally: Tally): Promise<void> {
    const paid = await paidIn(issueIds);
    ok(paid === 0 || paid === issueIds.length, `${paid} of ${issueIds.length} are paid`);
    if (isAcknowledged(first)) deepStrictEqual(paid, issueIds.length, "acknowledged and lost");
    // Never "failed" when it may have happened: no answer at all, or 503; or 408, not even read (see #readOn).
    else if (first) ok([503, 408].includes(first.status), String(first.status));
    tally[first ? (isAcknowledged(first) ? "acknowledged" : "refused") : "unanswered"]++;
    if (paid > 0) tally.paidAtRestart++;
  }

  /** Others who open pages meanwhile: they see the page, that it cannot be had, or nothing. `stop` says how many pages came. */
  #readOn(): { stop: () => Promise<number> } {
    let over = false;
    let pages = 0;
    const reader = async (path: string) => {
      while (!over) {
        const answer = await this.client.get(path).catch(() => null);
        if (!answer) return;
        // 408: the machine was too busy to read the request within the listener's 20 s.
        ok([200, 503, 408].includes(answer.status), `${path}: ${answer.status}`);
        await answer.body?.cancel();
        if (answer.status !== 200) return;
        pages++;
      }
    };
    const readers = Promise.all(READ.map(reader));
    // Awaited in stop(); until then a failure is nobody's.
    readers.catch(() => {});
    return { stop: async () => ((over = true), await readers, pages) };
  }
}

/** Until it is acknowledged: who is told to come back does. */
async function pressAgain({ press }: Press): Promise<void> {
  await until(async () => {
    const answer = await press();
    const said = await answer.text();
    if ([503, 408].includes(answer.status)) return false;
    ok(isAcknowledged(answer), `${answer.status}: ${said}`);
    return true;
  });
}

function answerOrNone(answer: Promise<Response | null>): Promise<Response | null> {
  const none = new Promise<null>((resolve) => setTimeout(resolve, ANSWER_WAIT_MS, null).unref());
  return Promise.race([answer, none]);
}

/** Nothing or everything: the payments of these issues, and that their states agree. */
async function paidIn(issueIds: readonly number[]): Promise<number> {
  const ids = { in: [...issueIds] };
  const [payments, paid, events] = await Promise.all([
    db().payment.count({ where: { issueId: ids } }),
    db().issue.count({ where: { id: ids, payoutStatus: "paid" } }),
    db().issueEvent.count({ where: { issueId: ids, kind: "paid" } }),
  ]);
  deepStrictEqual([paid, events], [payments, payments]);
  return payments;
}
