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
  const canUndo = last?.kind === "approved" || last?.kind === "rejected";
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
          {canUndo && issue.heldIn === null ? (
            <PostForm action={action}>
              <input type="hidden" name="issueId" value={issue.id} />
              <input type="hidden" name="version" value={issue.version} />
              <Button name="intent" value="undo">
                {t("app.undo")}
              </Button>
            </PostForm>
          ) : null}
          <ButtonLink to={issuePath(issue.id)}>{t("triage.open")}</ButtonLink>
        </div>
      </div>
      {answer?.values.note ? (
        <figure>
          <figcaption className="label">{t("triage.typed")}</figcaption>
          <p className="issue-note">{answer.values.note}</p>
        </figure>
      ) : null}
    </>
  );
}
