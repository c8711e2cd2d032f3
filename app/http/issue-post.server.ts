import { mayDo } from "~/domain/permission";
import { cardPost, isCardIntent } from "./card-post.server";
import { commentPost } from "./comment-post.server";
import { correctionPost } from "./correction-post.server";
import { badRequest, forbidden } from "./errors.server";
import type { IssuePost } from "./issue-answer";
import { isOwnIntent, ownPost, removedShot, removePost } from "./own-issue-post.server";

/** Every form of /app/issues/:id: what is said about it, its writer's text, and the admin's decisions. Throws 400 and 403. */
export async function issuePost(post: IssuePost) {
  const intent = post.form.get("intent");
  if (intent === "comment") return commentPost(post);
  if (isCardIntent(intent)) {
    if (!mayDo(post.viewer.role, "decideIssue")) throw forbidden();
    return cardPost(post, intent);
  }
  if (intent === "correct") {
    if (!mayDo(post.viewer.role, "decideIssue")) throw forbidden();
    return correctionPost(post);
  }
  const removed = removedShot(intent);
  if (removed === null && !isOwnIntent(intent)) throw badRequest();
  if (post.issue.tester.id !== post.viewer.id) throw forbidden();
  return removed === null && isOwnIntent(intent)
    ? ownPost(post, intent)
    : removePost(post, removed ?? "");
}
