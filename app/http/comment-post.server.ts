import { data, redirect } from "@remix-run/node";
import { Refusal } from "~/domain/refusal";
import { commentForm } from "~/forms/comment-form";
import { parseForm } from "~/forms/parse-form";
import { typedFields } from "~/forms/typed-fields";
import { addComment } from "~/models/comment.server";
import { notFound, unprocessable } from "./errors.server";
import type { IssueAnswer, IssuePost } from "./issue-answer";
import { issuePath } from "./paths";
import { redirectTarget } from "./redirect-target";
import { refusalStatus } from "./refusal.server";

/** Something said about an issue. Leads to it: on the issue's page, or where the form says that it stands. */
export async function commentPost({ form, issue, viewer, at, t }: IssuePost) {
  const parsed = parseForm(commentForm, form, t);
  if (!parsed.ok) {
    const { errors, values } = parsed;
    return unprocessable<IssueAnswer>({ intent: "comment", errors, values });
  }
  const { comment, key, next } = parsed.value;
  try {
    const what = { issueId: issue.id, body: comment, key };
    const { id, asPosted } = await addComment(what, viewer, at);
    // The form comes with another key: pressing again says this as well.
    if (!asPosted) return refused(form, t("issueTalk.comment.saidBefore"), 409);
    return redirect(`${redirectTarget(next, issuePath(issue.id))}#comment-${id}`, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.reason.code === "not_found") throw notFound();
    return refused(form, t("issueTalk.comment.draft"), refusalStatus(error.reason));
  }
}

function refused(form: FormData, why: string, status: number) {
  const values = typedFields(form, ["comment"]);
  return data<IssueAnswer>({ intent: "comment", errors: { comment: why }, values }, { status });
}
