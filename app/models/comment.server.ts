import { db } from "~/database/client.server";
import { transaction } from "~/database/transaction.server";
import { mayDo } from "~/domain/permission";
import { refuse } from "~/domain/refusal";
import type { Prisma } from "~/generated/prisma/client";
import type { Act } from "./issue-change.server";
import { type Reader, visibleIssue } from "./issue-visibility.server";
import { markdownToHtml } from "./markdown.server";

/** More is a chat, and would make the page of the issue heavy. */
export const COMMENTS_SHOWN = 100;

export const COMMENT = {
  id: true,
  body: true,
  at: true,
  author: { select: { id: true, name: true, role: true } },
} satisfies Prisma.IssueCommentSelect;

export type CommentView = {
  readonly id: number;
  readonly at: Date;
  readonly author: { readonly id: number; readonly name: string; readonly isAdmin: boolean };
  /** Safe HTML. */
  readonly html: string;
};

export function commentView(
  row: Prisma.IssueCommentGetPayload<{ select: typeof COMMENT }>,
): CommentView {
  const { id, at, body } = row;
  const { role, ...author } = row.author;
  return {
    id,
    at,
    author: { ...author, isAdmin: mayDo(role, "decideIssue") },
    html: markdownToHtml(body),
  };
}

export type SaidOnce = {
  readonly id: number;
  /** False: this form has already said that comment, and what was posted now says something else. */
  readonly asPosted: boolean;
};

type Comment = { readonly issueId: number; readonly body: string; readonly key: string };

/**
 * Says something about a filed issue: its tester or an admin. The same key again is the same comment: a double tap.
 * Throws Refusal: not_found, illegal (a draft has none).
 */
export function addComment(
  { issueId, body, key }: Comment,
  author: Reader,
  at: Act["at"],
): Promise<SaidOnce> {
  return transaction(async (tx) => {
    const where = visibleIssue(issueId, author);
    const issue = await tx.issue.findFirst({ where, select: { status: true } });
    if (!issue) return refuse({ code: "not_found" });
    if (issue.status === "draft") refuse({ code: "illegal", problem: "draft" });
    const [created] = await tx.$queryRaw<{ id: number }[]>`
      INSERT INTO issue_comments (issue_id, author_id, body, key, at)
      VALUES (${issueId}, ${author.id}, ${body}, ${key}, ${at})
      ON CONFLICT (author_id, key) DO NOTHING
      RETURNING id`;
    if (created) return { ...created, asPosted: true };
    const { id, ...held } = await tx.issueComment.findFirstOrThrow({
      where: { authorId: author.id, key },
      select: { id: true, issueId: true, body: true },
    });
    return { id, asPosted: held.issueId === issueId && held.body === body };
  });
}

/** What was said before the comments that the page of the issue shows, oldest first. */
export async function earlierComments(issueId: number, reader: Reader): Promise<CommentView[]> {
  const rows = await db().issueComment.findMany({
    where: { issue: visibleIssue(issueId, reader) },
    select: COMMENT,
    orderBy: { id: "desc" },
    skip: COMMENTS_SHOWN,
    take: MOST_EARLIER,
  });
  return rows.map(commentView).reverse();
}

const MOST_EARLIER = 2_000;
