import { randomUUID } from "node:crypto";
import { db } from "~/database/client.server";
import * as paths from "~/http/paths";
import { testPhoto } from "~/models/picture.fixture";
import { FormBrowser, formWith, type Page } from "~/server/form-browser.fixture";
import { DEMO_PASSWORD } from "../../prisma/demo-story";

/** On a machine that is too busy, a request may wait longer for the database than it may: "come back in a moment". */
class TurnedAway extends Error {}
const TURNED_AWAY = "of these answered 503";

type Task = (n: number) => Promise<unknown>;

/** What one person after another does, over and over, until it is told to stop; how often each was done. */
export class MixedLoad {
  readonly done: Record<string, number> = {};
  #isOver = false;
  readonly #running: Promise<unknown>[] = [];

  constructor(private readonly origin: string) {}

  async begin(): Promise<void> {
    const [aibek, nazira] = [this.#browser(1), this.#browser(2)];
    await signIn(aibek, "aibek@example.com");
    await signIn(nazira, "nazira@example.com");
    const tasks = { ...reads(aibek, nazira), ...writes(aibek, nazira), ...this.#others() };
    this.#running.push(...Object.entries(tasks).map(([name, task]) => this.#repeat(name, task)));
    // Nobody awaits them before end().
    for (const running of this.#running) running.catch(() => {});
  }

  /** Throws what any of them met. */
  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#running);
  }

  async #repeat(name: string, task: Task): Promise<void> {
    for (let n = 0; !this.#isOver; n++) {
      await task(n).catch((error: unknown) => {
        if (!(error instanceof TurnedAway)) throw error;
        this.done[TURNED_AWAY] = (this.done[TURNED_AWAY] ?? 0) + 1;
      });
      this.done[name] = n + 1;
    }
  }

  #browser(n: number): FormBrowser {
    return new FormBrowser(this.origin, `198.51.100.${n}`);
  }

  #others(): Record<string, Task> {
    return {
      "sign-in": async () => signIn(this.#browser(3), "dana@example.com"),
      "nothing there": async () => expectStatus(await this.#browser(4).get("/nowhere"), 404),
    };
  }
}

async function signIn(browser: FormBrowser, email: string): Promise<void> {
  expectStatus(await browser.signIn(email, DEMO_PASSWORD), 303);
}

function expectStatus(page: Page, status: number): Page {
  if (page.status === status) return page;
  if (page.status === 503) throw new TurnedAway();
  throw new Error(`${page.status} instead of ${status}: ${page.text.slice(0, 300)}`);
}

function reads(aibek: FormBrowser, nazira: FormBrowser): Record<string, Task> {
  const read = (browser: FormBrowser, path: string) => async () =>
    expectStatus(await browser.get(path), 200);
  return {
    balance: read(aibek, paths.balancePath()),
    "own reports": read(aibek, paths.issuesPath()),
    "own CSV": read(aibek, paths.balanceCsvPath({})),
    triage: read(nazira, paths.triagePath()),
    payouts: read(nazira, paths.payoutsPath()),
    issues: read(nazira, paths.issuesPath()),
    "issues CSV": read(nazira, paths.issuesCsvPath()),
    "issues CSV, left early": () => nazira.leave(paths.issuesCsvPath()),
  };
}

function writes(aibek: FormBrowser, nazira: FormBrowser): Record<string, Task> {
  return {
    "filed with a photo, then decided": async () => {
      const issueId = await fileWithPhoto(aibek);
      const decision = { issueId, decision: "approve" };
      expectStatus(await nazira.postJson("/api/admin/triage/decide", decision), 200);
    },
  };
}

async function fileWithPhoto(browser: FormBrowser): Promise<number> {
  const cycle = await db().testCycle.findFirstOrThrow({
    where: { testers: { some: { user: { email: "aibek@example.com" } } } },
    select: { id: true },
  });
  const page = expectStatus(await browser.get(paths.newIssuePath()), 200);
  const { action, fields } = formWith(page, "title", paths.newIssuePath());
  fields.delete("screenshots");
  fields.set("cycleId", String(cycle.id)).set("severity", "low").set("intent", "file");
  fields.set("title", randomUUID()).set("body", randomUUID());
  const photo = await testPhoto({ width: 800, height: 600 }).jpeg().toBuffer();
  const filed = await browser.postFiles(action, [...fields, ["screenshots", photo, "photo.jpg"]]);
  return Number(expectStatus(filed, 303).headers.get("location")?.split("/").at(-1));
}
