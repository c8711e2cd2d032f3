import "./production-by-default";
import { DatabaseProblem } from "~/database/database-problem";
import { type Settings, settings, SettingsError } from "~/settings.server";
import { Crew } from "./crew";
import { PortInUse } from "./listener";
import { type DatabaseStart, startDatabase } from "./own-database";
import { start } from "./start";
import { Stops, surviveUnhandledRejections } from "./stops";

const stops = new Stops();
let signalled = false;
let signalledAt = 0;
/** Within this time a second signal is the first one again. */
const ECHO_MS = 500;

async function fail(problem: unknown): Promise<never> {
  const isKnown =
    problem instanceof SettingsError ||
    problem instanceof PortInUse ||
    problem instanceof DatabaseProblem;
  const text = problem instanceof Error ? (isKnown ? problem.message : problem.stack) : problem;
  process.stderr.write(`\n${String(text)}\n`);
  await stops.stop();
  process.exit(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const demo = process.env.TIYN_DEMO === "1";
  const config = settings();
  const given = {
    settings: config,
    demo,
    say,
    stopLater: stops.later,
    onDatabaseEnded: (lastWords: string) => void fail(`The database has ended.\n${lastWords}`),
  };
  const isAlone = config.WEB_CONCURRENCY === 1 || !config.isProduction;
  const started = isAlone
    ? start({ ...given, database: () => startDatabase(given) })
    : startSeveral(given);
  stopOnSignal(started);
  await started;
  if (!signalled) await greet(config, demo);
}

/** This process has the database; others answer the requests. */
async function startSeveral(given: DatabaseStart): Promise<void> {
  const crew = new Crew(given.settings);
  given.stopLater(() => crew.finish());
  await crew.gather();
  await startDatabase(given);
  // Once more, since the last goes first: the database outlives those who use it.
  given.stopLater(() => crew.finish());
  await crew.begin(process.env.DATABASE_URL ?? "");
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
    await stops.stop();
    process.exit(0);
  };
  process.on("SIGINT", () => void onSignal()).on("SIGTERM", () => void onSignal());
}

async function greet(
  { PUBLIC_ORIGIN, WEB_CONCURRENCY, isProduction }: Settings,
  demo: boolean,
): Promise<void> {
  say(`\ntiyn is at ${PUBLIC_ORIGIN}   (Ctrl-C stops it)`);
  if (isProduction && WEB_CONCURRENCY > 1) say(`${WEB_CONCURRENCY} processes answer requests.`);
  if (!demo) return;
  const { DEMO_PASSWORD, DEMO_PEOPLE } = await import("../../prisma/demo-story");
  say(`\nSign in with the password "${DEMO_PASSWORD}" as`);
  for (const { name, email, role } of DEMO_PEOPLE) say(`  ${email}   ${name}, ${role}`);
  say("");
}

surviveUnhandledRejections();

main().catch(fail);
