import type { Prisma } from "~/generated/prisma/client";

/** Who looks: an admin sees every filed issue, everybody their own. */
export type Reader = { readonly id: number; readonly role: "tester" | "admin" };

export function visibleIssue(id: number, reader: Reader): Prisma.IssueWhereInput {
  const own = { testerId: reader.id };
  const filed = { status: { not: "draft" as const } };
  return { id, OR: reader.role === "admin" ? [own, filed] : [own] };
}
