import { Button, ButtonLink } from "~/components/Button";
import { PostForm } from "~/components/PostForm";
import { When } from "~/components/When";
import type { DecisionAnswer } from "~/forms/decision-form";
import { issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { TriageIssue } from "~/models/triage-issue.server";
import { useEventSentence } from "./IssueEvents";

type Props = { issue: TriageIssue; action: string; answer: DecisionAnswer | null };

/** An issue that is no longer in the inbox: how it stands, by whom, and what can still be done from here. */
export function Decided({ issue, action, answer }: Props) {
  const t = useT();
  const sentence = useEventSentence();
  const last = issue.events.at(-1);
  const canUndo = last?.kind === "approved" || last?.kind === "rejected";
  return (
    <>
      <div className="notice is-info">
        <p>
          {t("triage.gone")}{" "}
          {last ? (
            <>
              {sentence(last)}, <When value={last.at} as="dateTime" />
            </>
          ) : null}
        </p>
        <div className="row">
          {canUndo ? (
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
