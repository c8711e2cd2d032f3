import { Button, ButtonLink } from "~/components/Button";
import { historyText } from "~/components/issues/history-text";
import { PostForm } from "~/components/PostForm";
import type { DecisionAnswer } from "~/forms/decision-form";
import { batchPath, issuePath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { IssueView } from "~/models/issue.server";

type Props = { issue: IssueView; action: string; answer: DecisionAnswer | null };

/** An issue that is no longer in the inbox: how it stands, by whom, and what can still be done from here. */
export function Decided({ issue, action, answer }: Props) {
  const t = useT();
  const { money, day } = useFormat();
  const last = issue.history.at(-1);
  const undo = last ? UNDO[last.kind as keyof typeof UNDO] : undefined;
  const typed = [answer?.values.amountText, answer?.values.note].filter(Boolean);
  return (
    <>
      <div className="notice is-info">
        <p>
          {t("triage.gone")} {last ? `${historyText(last, { t, money, day })}.` : null}
        </p>
        <div className="row">
          {issue.heldIn === null ? null : (
            <ButtonLink to={batchPath(issue.heldIn)}>
              {t("triage.held", { batch: String(issue.heldIn) })}
            </ButtonLink>
          )}
          {undo && issue.heldIn === null ? (
            <PostForm action={action}>
              <input type="hidden" name="issueId" value={issue.id} />
              <input type="hidden" name="version" value={issue.version} />
              <Button name="intent" value="undo">
                {t(undo)}
              </Button>
            </PostForm>
          ) : null}
          <ButtonLink to={issuePath(issue.id)}>{t("triage.open")}</ButtonLink>
        </div>
      </div>
      {typed.length > 0 ? (
        <figure>
          <figcaption className="label">{t("triage.typed")}</figcaption>
          {typed.map((text) => (
            <p key={text} className="issue-note">
              {text}
            </p>
          ))}
        </figure>
      ) : null}
    </>
  );
}

/** The decisions that can be taken back, if nothing came after them. */
const UNDO = {
  approved: "issues.card.undoApproval",
  rejected: "issues.card.undoRejection",
} as const;
