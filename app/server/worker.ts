import "./production-by-default";
import { settings } from "~/settings.server";
import type { Order, Report } from "./crew-message";
import { PortInUse } from "./listener";
import { start } from "./start";
import { Stops, surviveUnhandledRejections } from "./stops";

// One of several processes that answer requests (crew.ts). It follows its first process: when that one is gone, however
// it went, Node ends this one too (a cluster's worker that loses its channel exits).

const stops = new Stops();

async function main(): Promise<void> {
  let begin: ((databaseUrl: string) => void) | null = null;
  const begun = new Promise<string>((resolve) => (begin = resolve));
  const started = start({
    settings: settings(),
    stopLater: stops.later,
    database: async () => {
      await report("listening");
      process.env.DATABASE_URL = await begun;
    },
  });
  process.on("message", (order: Order) => {
    if (order.order === "finish") return void finish(begin ? null : started);
    begin?.(order.databaseUrl);
    begin = null;
  });
  await started;
  await report("answering");
}

/** @param started null while it waits for the database: then there is nothing to stop yet */
async function finish(started: Promise<void> | null): Promise<void> {
  // A step under way is let through: it knows only at its end how to be undone.
  await started?.catch(() => {});
  await stops.stop();
  process.exit(0);
}

function report(what: Report["report"]): Promise<void> {
  return new Promise((resolve) => process.send?.({ report: what }, () => resolve()));
}

async function fail(problem: unknown): Promise<never> {
  if (problem instanceof PortInUse) await report("port in use");
  else process.stderr.write(`\n${problem instanceof Error ? problem.stack : String(problem)}\n`);
  await stops.stop();
  process.exit(1);
}

// A terminal sends Ctrl-C to everybody in it, and service managers SIGTERM: the first process says when to finish.
process.on("SIGINT", () => {}).on("SIGTERM", () => {});
surviveUnhandledRejections();

main().catch(fail);
