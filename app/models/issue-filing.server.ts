import { type Tx, transaction } from "~/database/transaction.server";
import { submitDraft } from "~/domain/issue-move";
import { refuse } from "~/domain/refusal";
import type { Severity } from "~/domain/severity";
import { type Act, applyMove, type ChangedIssue } from "./issue-change.server";
import { lockEditable, lockOwn, writeEdited } from "./issue-editing.server";
import { putPictures } from "./screenshot.server";
import type { Picture } from "./screenshot-picture.server";

export type IssueText = {
  readonly cycleId: number;
  readonly severity: Severity;
  readonly title: string;
  readonly body: string;
};

type WithPictures = { readonly pictures?: readonly Picture[] };

/** One per opened form: a form sent twice by a double tap files one issue. */
type Filing = IssueText & WithPictures & { readonly key: string; readonly draft: boolean };

// Only a cycle that is open, and that the tester is in. Anything else does not exist for them.
async function requireOpenCycle(tx: Tx, cycleId: number, testerId: number): Promise<void> {
  const cycle = await tx.testCycle.findFirst({
    where: { id: cycleId, testers: { some: { userId: testerId } } },
    select: { status: true },
  });
  if (!cycle) return refuse({ code: "not_found" });
  if (cycle.status !== "open") refuse({ code: "cycle_closed" });
}

/**
 * Files an issue, or saves it as a draft. The same key again answers with the issue that it led to first.
 * Throws Refusal: not_found (no such cycle for this tester), cycle_closed.
 */
export function fileIssue(filing: Filing, act: Act): Promise<{ readonly id: number }> {
  return transaction(async (tx) => {
    await requireOpenCycle(tx, filing.cycleId, act.actorId);
    const status = filing.draft ? "draft" : "open";
    const filedAt = filing.draft ? null : act.at;
    // The enum is written out: PostgreSQL takes a parameter for text, and has no cast from text in an INSERT … SELECT.
    const [created] = await tx.$queryRaw<{ id: number }[]>`
      INSERT INTO issues (cycle_id, tester_id, severity, title, body, status, filing_key, created_at, filed_at)
      VALUES (${filing.cycleId}, ${act.actorId}, ${filing.severity}::severity, ${filing.title}, ${filing.body},
              ${status}::issue_status, ${filing.key}, ${act.at}, ${filedAt})
      ON CONFLICT (tester_id, filing_key) DO NOTHING
      RETURNING id`;
    if (!created) {
      return tx.issue.findFirstOrThrow({
        where: { testerId: act.actorId, filingKey: filing.key },
        select: { id: true },
      });
    }
    await tx.issueEvent.create({
      data: {
        issueId: created.id,
        version: 1,
        kind: "filed",
        at: act.at,
        actorId: act.actorId,
        toStatus: status,
        toPayoutStatus: "pending",
      },
      select: { id: true },
    });
    await putPictures(tx, created.id, filing.pictures ?? [], act);
    return created;
  });
}

type Edit = IssueText &
  WithPictures & {
    readonly issueId: number;
    /** From the form of a draft: refused once it is filed, where severity and cycle would silently stay. */
    readonly asDraft?: boolean;
  };

/**
 * Testers edit their own issue while it is a draft, or open and pending; severity and cycle only in a draft (an open
 * one is already being priced). Nothing changed writes nothing. Throws Refusal: not_found, cycle_closed, illegal,
 * too_many_screenshots.
 */
export function editIssue(edit: Edit, act: Act): Promise<{ readonly id: number }> {
  return transaction(async (tx) => {
    await writeEdit(tx, edit, act);
    return { id: edit.issueId };
  });
}

/** Saves what the form holds and submits the draft: draft → open. Throws Refusal: not_found, cycle_closed, illegal. */
export function submitIssue(edit: Edit, act: Act): Promise<ChangedIssue> {
  return transaction(async (tx) => {
    await writeEdit(tx, edit, act);
    const issue = await lockOwn(tx, edit.issueId, act);
    await requireOpenCycle(tx, issue.cycleId, act.actorId);
    const move = submitDraft(issue.state);
    return applyMove(tx, issue, move, act);
  });
}

async function writeEdit(tx: Tx, edit: Edit, act: Act): Promise<void> {
  const issue = await lockEditable(tx, edit.issueId, act);
  const isDraft = issue.state.status === "draft";
  if (edit.asDraft && !isDraft) refuse({ code: "illegal", problem: "not_draft" });
  const { title, body } = edit;
  const priced = isDraft ? { cycleId: edit.cycleId, severity: edit.severity } : {};
  if (isDraft && edit.cycleId !== issue.cycleId) {
    await requireOpenCycle(tx, edit.cycleId, act.actorId);
  }
  const before = await tx.issue.findUniqueOrThrow({
    where: { id: issue.id },
    select: { title: true, body: true, cycleId: true, severity: true },
  });
  const text = { ...before, title, body, ...priced };
  const isNewText = JSON.stringify(before) !== JSON.stringify(text);
  const added = await putPictures(tx, issue.id, edit.pictures ?? [], act);
  if (!isNewText && added === 0) return;
  const edited = added === 0 ? "text" : isNewText ? "both" : "pictures";
  await writeEdited(tx, issue, { text, edited }, act);
}
