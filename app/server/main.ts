import "./production-by-default";
import { DatabaseProblem } from "~/database/database-problem";
import { log } from "~/http/log.server";
import { type Settings, settings, SettingsError } from "~/settings.server";
import { PortInUse } from "./listener";
import { start } from "./start";

/** How each part is stopped; the last one started goes first. */
const stops: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;
let signalled = false;
let signalledAt = 0;
/** Within this time a second signal is the first one again. */
const ECHO_MS = 500;

function stop(): Promise<void> {
  return (stopping ??= (async () => {
    for (let next = stops.pop(); next; next = stops.pop())
      await next().catch((err: unknown) => log.error({ err }, "a part did not stop cleanly"));
  })());
}

async function fail(problem: unknown): Promise<never> {
  const isKnown =
    problem instanceof SettingsError ||
    problem instanceof PortInUse ||
    problem instanceof DatabaseProblem;
  const text = problem instanceof Error ? (isKnown ? problem.message : problem.stack) : problem;
  process.stderr.write(`\n${String(text)}\n`);
  await stop();
  process.exit(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const demo = process.env.TIYN_DEMO === "1";
  const config = settings();
  const started = start({
    settings: config,
    demo,
    say,
    stopLater: (stop) => stops.push(stop),
    onDatabaseEnded: (lastWords) => void fail(`The database has ended.\n${lastWords}`),
  });
  stopOnSignal(started);
  await started;
  if (!signalled) await greet(config, demo);
}

/** Ctrl-C once stops cleanly, whatever is under way; twice at once. */
function stopOnSignal(started: Promise<void>): void {
  const onSignal = async () => {
    if (signalled) {
      // Under npm one key press arrives twice: from the terminal, and passed on.
      if (performance.now() - signalledAt > ECHO_MS) process.exit(1);
      return;
    }
    signalled = true;
    signalledAt = performance.now();
    say("\nStopping …");
    // A step under way is let through: it knows only at its end how to be undone.
    await started.catch(() => {});
    await stop();
    process.exit(0);
  };
  process.on("SIGINT", () => void onSignal()).on("SIGTERM", () => void onSignal());
}

async function greet({ PUBLIC_ORIGIN }: Settings, demo: boolean): Promise<void> {
  say(`\ntiyn is at ${PUBLIC_ORIGIN}   (Ctrl-C stops it)`);
  if (!demo) return;
  const { DEMO_PASSWORD, DEMO_PEOPLE } = await import("../../prisma/demo-story");
  say(`\nSign in with the password "${DEMO_PASSWORD}" as`);
  for (const { name, email, role } of DEMO_PEOPLE) say(`  ${email}   ${name}, ${role}`);
  say("");
}

// Nobody waited for it any more: worth a look, not worth taking everybody else's requests down.
process.on("unhandledRejection", (err) => log.error({ err }, "an unhandled rejection"));

main().catch(fail);
