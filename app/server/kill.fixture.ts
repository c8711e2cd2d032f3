import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { type EmbeddedDatabase, startEmbedded } from "~/database/embedded.server";

/** The production server as a process of its own, on a port of its own, that can be killed and started again. */
export class AppProcess {
  private child: ChildProcess | null = null;
  private output = "";
  /** Told everything the app prints, its log included. */
  onOutput: (text: string) => void = () => {};

  private constructor(
    readonly origin: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** `env`: what differs from the settings below. */
  static async create(
    databaseUrl: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<AppProcess> {
    const port = await freePort();
    return new AppProcess(`http://127.0.0.1:${port}`, {
      ...process.env,
      NODE_ENV: "production",
      // Deterministic, whatever the machine; processes.faults.test.ts asks for more.
      WEB_CONCURRENCY: "1",
      LOG_LEVEL: "silent",
      HOST: "127.0.0.1",
      PORT: String(port),
      PUBLIC_ORIGIN: `http://127.0.0.1:${port}`,
      SESSION_SECRET: randomBytes(24).toString("hex"),
      DATABASE_URL: databaseUrl,
      // Whatever the machine has: no test talks to the world.
      ANTHROPIC_API_KEY: "",
      ...env,
    });
  }

  async start(): Promise<void> {
    const args = ["--import", "tsx", "app/server/main.ts"];
    const child = spawn(process.execPath, args, {
      env: this.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        this.output = (this.output + chunk.toString()).slice(-4_000);
        this.onOutput(chunk.toString());
      });
    }
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`The app ended at its start:\n${this.output}`);
      return (await fetch(`${this.origin}/healthz`)).ok;
    });
  }

  get pid(): number {
    if (this.child?.pid === undefined) throw new Error("The app was not started.");
    return this.child.pid;
  }

  /** Returns the exit code; null when the signal itself ended it. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<number | null> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill(signal);
    return ended;
  }
}

/** A durable PostgreSQL (fsync on, as in production) that can be killed and started again under the same URL. */
export class DatabaseProcess {
  private constructor(
    private readonly dataDir: string,
    private running: EmbeddedDatabase,
  ) {}

  static async start(dataDir: string): Promise<DatabaseProcess> {
    return new DatabaseProcess(dataDir, await startEmbedded({ dataDir, dataDirIsExplicit: true }));
  }

  get url(): string {
    return this.running.url;
  }

  /** kill -9 of the postmaster: what is left is what fsync wrote. */
  async kill(): Promise<void> {
    const pidFile = await readFile(
      join(this.dataDir, "postgres", "cluster", "postmaster.pid"),
      "utf8",
    );
    process.kill(Number(pidFile.split("\n", 1)[0]), "SIGKILL");
    await this.running.ended;
  }

  async restart(): Promise<void> {
    const before = this.url;
    await this.running.stop();
    this.running = await startEmbedded({ dataDir: this.dataDir, dataDirIsExplicit: true });
    if (this.url !== before) throw new Error("The database came back at another address.");
  }

  stop(): Promise<void> {
    return this.running.stop();
  }
}

/** What is waited for comes within seconds on a quiet machine, within a minute at five times its load. */
const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 180_000);

/** Asks every 50 ms, at most PATIENCE_MS; a question that throws because nobody answers yet is asked again. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await isSo().catch((error: unknown) => {
      if (error instanceof TypeError) return false;
      throw error;
    });
    if (answer) return;
    if (Date.now() > end) throw new Error("It did not happen in time.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Below those that the system gives away by itself, and for each of vitest's processes from a thousand of its own. */
export async function freePort(): Promise<number> {
  const own = 20_000 + 1_000 * (Number(process.env.VITEST_POOL_ID ?? 0) % 12);
  for (;;) {
    const port = own + Math.floor(Math.random() * 1_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
