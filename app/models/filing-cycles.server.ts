import { db } from "~/database/client.server";
import { type PayoutRates, payoutRatesFrom } from "~/domain/rates";

/** A cycle that an issue can be filed in, and what it pays. */
export type FilingCycle = {
  readonly id: number;
  readonly name: string;
  readonly payoutRates: PayoutRates;
};

/** The open cycles this user is in, the newest first: that is where work is going on. */
export async function filingCycles(userId: number): Promise<FilingCycle[]> {
  const cycles = await db().testCycle.findMany({
    where: { status: "open", testers: { some: { userId } } },
    select: { id: true, name: true, metadata: true },
    orderBy: { id: "desc" },
  });
  return cycles.map(({ id, name, metadata }) => ({
    id,
    name,
    payoutRates: payoutRatesFrom(metadata),
  }));
}
