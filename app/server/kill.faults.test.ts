import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KillField } from "./kill-field.fixture";

// kill -9 of the app and of the database while batches are being confirmed and pages read (KillField says what must
// hold). Needs the production build; `npm run kills` does it many times more.

const KILLS = 10;

let field: KillField;
beforeAll(async () => {
  field = await KillField.create();
});
afterAll(() => field.stop());

describe.each(["app", "database"] as const)("kill -9 of the %s during confirms", (victim) => {
  test(`${KILLS} times: nothing lost, nothing half, pressing again converges`, async () => {
    const tally = await field.kill(victim, KILLS);
    process.stdout.write(`kill -9 of the ${victim}: ${JSON.stringify(tally)}\n`);
    expect(tally.kills).toBe(KILLS);
    expect(await field.everythingIsPaidOnce()).toBeGreaterThan(0);
  });
});
