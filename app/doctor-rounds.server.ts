import { isDatabaseAway } from "~/database/errors";
import { log } from "~/http/log.server";
import { runDoctorIfDue } from "~/models/doctor-hourly.server";

/** Asked more often than it runs, so that another copy takes over soon after the one that did it has gone. */
const EVERY_MS = 10 * 60_000;

/** The doctor's hourly rounds (DESIGN 6), the first one at once. Returns what ends them, and waits for one under way. */
export function startDoctorRounds(): () => Promise<void> {
  let underWay = round();
  const timer = setInterval(() => {
    underWay = underWay.then(round);
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return underWay;
  };
}

async function round(): Promise<void> {
  try {
    const report = await runDoctorIfDue();
    if (!report) return;
    const { runId, findings } = report;
    if (findings.length === 0) log.info({ runId }, "the doctor found all well");
    else log.error({ runId, findings }, "the doctor found money in disorder: payments are stopped");
  } catch (err) {
    if (isDatabaseAway(err)) log.warn("the doctor did not reach the database");
    else log.error({ err }, "the doctor could not look");
  }
}
