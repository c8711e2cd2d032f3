import { afterAll, expect } from "vitest";
import type { Examined } from "~/domain/doctor-check";
import { examineDatabase } from "./doctor.server";

/** What does not hold now. */
export async function moneyFindings(): Promise<Examined[]> {
  return (await examineDatabase()).filter(({ offenders }) => offenders > 0);
}

/** For a test file that moves money: when it is done, every invariant holds. Call it once, after useTestDatabase(). */
export function leaveMoneySound(): void {
  afterAll(async () => {
    expect(await moneyFindings()).toEqual([]);
  });
}
