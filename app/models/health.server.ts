import { guardsInPlace } from "~/database/guards.server";
import { doctorStanding } from "./doctor-standing.server";

export type Health = { readonly doctor: "ok" | "failing" };

/**
 * Null unless the database answers and the rules that keep money right are in place. `doctor`: whether the last look at
 * the money found all well (DESIGN 6).
 */
export async function health(): Promise<Health | null> {
  try {
    if (!(await guardsInPlace())) return null;
    return { doctor: (await doctorStanding()).failing ? "failing" : "ok" };
  } catch {
    return null;
  }
}
