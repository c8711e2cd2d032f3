import cluster, { type Worker } from "node:cluster";
import { fileURLToPath } from "node:url";
import { log } from "~/http/log.server";
import { poolSizeFor } from "~/process-count";
import type { Settings } from "~/settings.server";
import type { Order, Report } from "./crew-message";
import { PortInUse } from "./listener";
import { GRACE_MS } from "./start";

/** Longer than a worker gives the requests that it has. */
const FINISH_MS = GRACE_MS + 5_000;
/** One that lived so long died of something rare, and is replaced at once. */
const LONG_LIFE_MS = 30_000;
const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/**
 * The processes that answer requests, started and replaced by this one, which answers none itself: it has the database, the
 * migrations and the signals. They share the port through node:cluster; each is a copy of the app like one on another
 * machine, with nothing in its memory that the others would need.
 */
export class Crew {
  readonly #settings: Settings;
  readonly #workers = new Set<Worker>();
  #databaseUrl: string | null = null;
  #isUp = false;
  #isFinishing = false;
  #shortLives = 0;
  #pause: NodeJS.Timeout | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    cluster.setupPrimary({
      exec: fileURLToPath(new URL("worker.ts", import.meta.url)),
      execArgv: withTypeScript(process.execArgv),
    });
  }

  /** Each takes the port, and answers that tiyn is starting. Throws PortInUse. */
  async gather(): Promise<void> {
    const { WEB_CONCURRENCY, PORT, HOST } = this.#settings;
    const workers = Array.from({ length: WEB_CONCURRENCY }, () => this.#hire());
    const reports = await Promise.all(workers.map((worker) => reportOf(worker)));
    if (reports.includes("port in use")) throw new PortInUse(PORT, HOST);
    if (reports.includes(null)) throw new Error("A process ended before it had the port.");
  }

  /**
   * The database is there: resolves once they answer requests. From now on the dead are replaced, those too that had not
   * answered yet; throws when none came to answer.
   */
  async begin(databaseUrl: string): Promise<void> {
    this.#databaseUrl = databaseUrl;
    this.#isUp = true;
    const answers = [...this.#workers].map((worker) => {
      const report = reportOf(worker);
      tell(worker, { order: "begin", databaseUrl });
      return report;
    });
    const reports = await Promise.all(answers);
    if (!reports.includes("answering"))
      throw new Error("Every process ended before it answered a request.");
  }

  /** Lets each finish what it has. */
  async finish(): Promise<void> {
    this.#isFinishing = true;
    clearTimeout(this.#pause);
    const workers = [...this.#workers];
    const ended = workers.map((worker) => new Promise((resolve) => worker.once("exit", resolve)));
    for (const worker of workers) tell(worker, { order: "finish" });
    const patience = setTimeout(
      () => workers.forEach((worker) => worker.process.kill("SIGKILL")),
      FINISH_MS,
    );
    await Promise.all(ended);
    clearTimeout(patience);
  }

  #hire(): Worker {
    const { WEB_CONCURRENCY, DATABASE_URL } = this.#settings;
    const worker = cluster.fork({
      TIYN_POOL_SIZE: String(poolSizeFor(WEB_CONCURRENCY)),
      // As it was set, also for those who come later: by then it names our own database, if we have one.
      DATABASE_URL: DATABASE_URL ?? "",
    });
    const since = performance.now();
    this.#workers.add(worker);
    worker.once("exit", () => this.#miss(worker, performance.now() - since));
    return worker;
  }

  /** Replaced at once the first time, and ever more slowly while the new ones die soon too. */
  #miss(worker: Worker, livedMs: number): void {
    this.#workers.delete(worker);
    if (!this.#isUp || this.#isFinishing) return;
    this.#shortLives = livedMs < LONG_LIFE_MS ? this.#shortLives + 1 : 0;
    log.error("a process that answers requests has ended, and is replaced");
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#fillUp(), pauseBeforeReplacing(this.#shortLives));
  }

  #fillUp(): void {
    while (this.#workers.size < this.#settings.WEB_CONCURRENCY) void this.#replace();
  }

  async #replace(): Promise<void> {
    const worker = this.#hire();
    const report = await reportOf(worker);
    if (report !== "listening" || this.#databaseUrl === null) return;
    tell(worker, { order: "begin", databaseUrl: this.#databaseUrl });
  }
}

/** After so many in a row that died soon: at first none, then twice as long each time. */
export function pauseBeforeReplacing(shortLives: number): number {
  if (shortLives === 0) return 0;
  return Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** (shortLives - 1));
}

/** The next thing that the worker reports; null when it ends before. */
function reportOf(worker: Worker): Promise<Report["report"] | null> {
  return new Promise((resolve) => {
    worker.once("message", ({ report }: Report) => resolve(report));
    worker.once("exit", () => resolve(null));
  });
}

function tell(worker: Worker, order: Order): void {
  // One that has gone meanwhile is not told; its exit is heard.
  worker.send(order, () => {});
}

/** `npm start` has tsx registered from within, which a new process does not inherit. */
function withTypeScript(given: readonly string[]): string[] {
  return given.some((argument) => argument.includes("tsx"))
    ? [...given]
    : [...given, "--import", "tsx"];
}
