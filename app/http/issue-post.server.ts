import { data } from "@remix-run/node";
import { Refusal } from "~/domain/refusal";
import { issueText, type OwnIssueIntent, ownIssueForms } from "~/forms/issue-form";
import { parseForm } from "~/forms/parse-form";
import { isFiledAs } from "~/models/issue-filing-once.server";
import { editIssue, submitIssue } from "~/models/issue-filing.server";
import { cardPost, isCardIntent } from "./card-post.server";
import { badRequest, forbidden, unprocessable } from "./errors.server";
import { filingErrors, typedIssue } from "./filing-refusal.server";
import { redirectWithFlash } from "./flash.server";
import type { IssuePost } from "./issue-answer";
import { issuePath } from "./paths";

/** Every form of /app/issues/:id: its writer's text, and the admin's decisions. Throws 400 and 403. */
export async function issuePost(post: IssuePost) {
  const intent = post.form.get("intent");
  if (isCardIntent(intent)) {
    if (post.viewer.role !== "admin") throw forbidden();
    return cardPost(post, intent);
  }
  if (!isOwnIntent(intent)) throw badRequest();
  if (post.issue.tester.id !== post.viewer.id) throw forbidden();
  return ownPost(post, intent);
}

function isOwnIntent(intent: unknown): intent is OwnIssueIntent {
  return typeof intent === "string" && Object.hasOwn(ownIssueForms, intent);
}

async function ownPost({ form, issue, viewer, at, t }: IssuePost, intent: OwnIssueIntent) {
  const parsed = parseForm(ownIssueForms[intent], form, t);
  if (!parsed.ok) {
    const { errors, values } = parsed;
    return unprocessable({ intent, errors, values });
  }
  // Cycle and severity of a filed issue are not the tester's to change: `edit` has no such fields.
  const text = {
    cycleId: issue.cycle.id,
    severity: issue.severity,
    ...issueText(parsed.value, t("issues.outline")),
  };
  const act = { actorId: viewer.id, at };
  try {
    const edit = { ...text, issueId: issue.id };
    await (intent === "submit" ? submitIssue(edit, act) : editIssue(edit, act));
  } catch (error) {
    const isSecondPress =
      intent === "submit" &&
      error instanceof Refusal &&
      (await isFiledAs(issue.id, text, viewer.id));
    if (!isSecondPress) {
      const { errors, status } = filingErrors(error, t);
      return data({ intent, errors, values: typedIssue(form) }, { status });
    }
  }
  const id = String(issue.id);
  const saved = t(intent === "submit" ? "issues.flash.filed" : "issues.flash.saved", { id });
  return redirectWithFlash(issuePath(issue.id), { tone: "success", text: saved });
}
