import { db } from "~/database/client.server";
import type { Act } from "./issue-change.server";
import { editIssue, fileIssue, type IssueText, submitIssue } from "./issue-filing.server";
import type { Picture } from "./screenshot-picture.server";

type Filing = IssueText & {
  readonly key: string;
  readonly draft: boolean;
  readonly pictures?: readonly Picture[];
};

export type FiledOnce = {
  readonly id: number;
  /** False: this form has already filed that issue, and what was posted now says something else. */
  readonly asPosted: boolean;
};

/**
 * What a press of the form's button means, however often it is pressed and whatever was typed in between. A double tap
 * files once. Back and another press: a draft is changed or submitted; an issue that is filed is left alone, because
 * nobody can tell an edit from another issue; only pictures may still join it. Throws Refusal as fileIssue, editIssue
 * and submitIssue do.
 */
export async function fileOnce(filing: Filing, act: Act): Promise<FiledOnce> {
  const { id } = await fileIssue(filing, act);
  const held = await db().issue.findFirstOrThrow({
    where: { id, testerId: act.actorId },
    select: { status: true, ...TEXT, screenshots: { select: { hash: true } } },
  });
  const isSame = sameText(held, filing) && (held.status === "draft") === filing.draft;
  if (isSame && hasAll(held.screenshots, filing.pictures)) return { id, asPosted: true };
  if (held.status !== "draft" && !isSame) return { id, asPosted: false };
  const again = { ...filing, issueId: id };
  if (isSame) {
    await editIssue(again, act);
    return { id, asPosted: true };
  }
  await (filing.draft ? editIssue(again, act) : submitIssue(again, act));
  return { id, asPosted: true };
}

/** Whether the tester's issue is filed and holds just this text: what a second press of Submit finds. */
export async function isFiledAs(
  issueId: number,
  text: IssueText,
  testerId: number,
): Promise<boolean> {
  const held = await db().issue.findFirst({
    where: { id: issueId, testerId, status: { not: "draft" } },
    select: TEXT,
  });
  return held !== null && sameText(held, text);
}

const TEXT = { cycleId: true, severity: true, title: true, body: true } as const;

function hasAll(held: readonly { hash: string }[], pictures: readonly Picture[] = []): boolean {
  return pictures.every(({ hash }) => held.some((one) => one.hash === hash));
}

function sameText(a: IssueText, b: IssueText): boolean {
  return (
    a.cycleId === b.cycleId && a.severity === b.severity && a.title === b.title && a.body === b.body
  );
}
