import { data } from "@remix-run/node";
import { Refusal } from "~/domain/refusal";
import { issueText, type OwnIssueIntent, ownIssueForms } from "~/forms/issue-form";
import { type FieldErrors, parseForm } from "~/forms/parse-form";
import { isFiledAs } from "~/models/issue-filing-once.server";
import { editIssue, type IssueText, submitIssue } from "~/models/issue-filing.server";
import { addScreenshots, removeScreenshot } from "~/models/screenshot.server";
import type { Picture } from "~/models/screenshot-picture.server";
import { filingErrors, typedIssue } from "./filing-refusal.server";
import { redirectWithFlash } from "./flash.server";
import type { IssueAnswer, IssuePost } from "./issue-answer";
import { issuePath } from "./paths";
import { receivedPictures } from "./received-pictures.server";
import { similarOffer } from "./similar-offer.server";
import { suggestSoon } from "./suggest-soon.server";

export function isOwnIntent(intent: unknown): intent is OwnIssueIntent {
  return typeof intent === "string" && Object.hasOwn(ownIssueForms, intent);
}

/** The form of a draft, or of an issue that its tester may still edit. What is refused keeps its pictures. */
export async function ownPost(post: IssuePost, intent: OwnIssueIntent) {
  const { form, issue, viewer, t } = post;
  const { pictures, error } = await receivedPictures(post.upload, issue.screenshots, t);
  const parsed = parseForm(ownIssueForms[intent], form, t);
  if (!parsed.ok || error !== null) {
    const errors = { ...(parsed.ok ? {} : parsed.errors), ...(error && { screenshots: error }) };
    return formAgain(post, pictures, { intent, errors });
  }
  // Cycle and severity of a filed issue are not the tester's to change: `edit` has no such fields.
  const text = {
    cycleId: issue.cycle.id,
    severity: issue.severity,
    ...issueText(parsed.value, t("issues.outline")),
  };
  if (intent === "submit" && issue.status === "draft") {
    const similar = await similarOffer({ form, testerId: viewer.id, issueId: issue.id, ...text });
    if (similar) return formAgain(post, pictures, { intent, errors: {}, similar });
  }
  return save(post, intent, { ...text, pictures });
}

type Saved = IssueText & { readonly pictures: readonly Picture[] };

async function save(post: IssuePost, intent: OwnIssueIntent, what: Saved) {
  const { issue, viewer, at, t } = post;
  const act = { actorId: viewer.id, at };
  try {
    const edit = { ...what, issueId: issue.id, asDraft: intent === "save" };
    await (intent === "submit" ? submitIssue(edit, act) : editIssue(edit, act));
  } catch (error) {
    const isSecondPress =
      intent === "submit" &&
      error instanceof Refusal &&
      (await isFiledAs(issue.id, what, viewer.id));
    if (!isSecondPress) {
      const { errors, status } = filingErrors(error, t);
      return formAgain(post, what.pictures, { intent, errors }, status);
    }
  }
  if (intent === "submit") await suggestSoon(issue.id);
  const id = String(issue.id);
  const saved = t(intent === "submit" ? "issues.flash.filed" : "issues.flash.saved", { id });
  return redirectWithFlash(issuePath(issue.id), { tone: "success", text: saved });
}

/** Everything typed, with 422 or another status; the pictures are put into the issue, so that nobody has to send them again. */
async function formAgain(
  post: IssuePost,
  pictures: readonly Picture[],
  answer: Omit<IssueAnswer, "values">,
  status = 422,
) {
  const { form, issue, viewer, at, t } = post;
  let errors: FieldErrors = answer.errors;
  if (pictures.length > 0) {
    try {
      await addScreenshots({ issueId: issue.id, pictures }, { actorId: viewer.id, at });
    } catch (error) {
      errors = { ...filingErrors(error, t).errors, ...errors };
    }
  }
  return data<IssueAnswer>({ ...answer, errors, values: typedIssue(form) }, { status });
}

const REMOVE = /^remove:([0-9a-f]{16})$/;

export function removedShot(intent: unknown): string | null {
  return (typeof intent === "string" && REMOVE.exec(intent)?.[1]) || null;
}

/** Takes one screenshot away. The form comes again as it was typed: nothing else of it was meant to be done yet. */
export async function removePost(post: IssuePost, hashStart: string) {
  const { form, issue, viewer, at, t } = post;
  const answer = { intent: "remove", errors: {} };
  try {
    await removeScreenshot({ issueId: issue.id, hashStart }, { actorId: viewer.id, at });
  } catch (error) {
    const { errors, status } = filingErrors(error, t);
    return data<IssueAnswer>({ ...answer, errors, values: typedIssue(form) }, { status });
  }
  const there = issue.screenshots.filter(({ hash }) => !hash.startsWith(hashStart));
  const { pictures, error } = await receivedPictures(post.upload, there, t);
  if (error === null) return formAgain(post, pictures, answer, 200);
  return formAgain(post, pictures, { ...answer, errors: { screenshots: error } });
}
