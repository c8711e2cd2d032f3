import { db } from "~/database/client.server";
import { type PayoutRates, payoutRatesFrom } from "~/domain/rates";

/** A cycle that an issue can be filed in, and what it pays. */
export type FilingCycle = {
  readonly id: number;
  readonly name: string;
  readonly payoutRates: PayoutRates;
  /** False for the cycle of a draft that takes no new issues from its writer any more. */
  readonly takesIssues: boolean;
};

/** The open cycles this user is in, the newest first: that is where work is going on. And that of a draft. */
export async function filingCycles(userId: number, ofDraft?: number): Promise<FilingCycle[]> {
  const isOpen = { status: "open" as const, testers: { some: { userId } } };
  const cycles = await db().testCycle.findMany({
    where: ofDraft === undefined ? isOpen : { OR: [isOpen, { id: ofDraft }] },
    select: {
      id: true,
      name: true,
      metadata: true,
      status: true,
      testers: { where: { userId }, select: { userId: true } },
    },
    orderBy: { id: "desc" },
  });
  return cycles.map(({ id, name, metadata, status, testers }) => ({
    id,
    name,
    payoutRates: payoutRatesFrom(metadata),
    takesIssues: status === "open" && testers.length > 0,
  }));
}
