import { mayDo, type Role } from "~/domain/permission";
import type { Prisma } from "~/generated/prisma/client";

/** Who looks: an admin sees every filed issue, everybody their own. */
export type Reader = { readonly id: number; readonly role: Role };

export function visibleIssue(id: number, reader: Reader): Prisma.IssueWhereInput {
  const own = { testerId: reader.id };
  const filed = { status: { not: "draft" as const } };
  return { id, OR: mayDo(reader.role, "seeEverybodysIssues") ? [own, filed] : [own] };
}
