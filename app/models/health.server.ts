import { guardsInPlace } from "~/database/guards.server";

/** Whether the database answers and the rules that keep money right are in place (DESIGN 6). */
export function isHealthy(): Promise<boolean> {
  return guardsInPlace().catch(() => false);
}
