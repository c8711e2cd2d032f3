import { withClient } from "./with-client.server";

/**
 * Adds up again all that kept_totals holds, as the owner of the tables; whoever writes issues waits meanwhile. For when
 * the doctor says that it is not the sum, and why is known. @returns how many totals there are
 */
export async function rebuildKeptTotals(ownerUrl: string): Promise<number> {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ kept: string }>("SELECT rebuild_kept_totals() AS kept");
    return Number(rows[0]?.kept ?? 0);
  });
}
