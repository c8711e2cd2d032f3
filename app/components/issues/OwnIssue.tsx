import { Button, ButtonLink } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Notice } from "~/components/Notice";
import { PageHeader } from "~/components/PageHeader";
import { PostForm } from "~/components/PostForm";
import type { IssueAnswer } from "~/http/issue-answer";
import { issuePath, issuesPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { FilingCycle } from "~/models/filing-cycles.server";
import type { IssueView } from "~/models/issue.server";
import { IssueForm, TextFields } from "./IssueForm";
import { ScreenshotFields } from "./ScreenshotFields";

type OwnIssueProps = { issue: IssueView; answer: IssueAnswer | undefined };

/** One's own draft: everything can change, nothing is told to anybody. */
export function DraftPage({ issue, answer, cycles }: OwnIssueProps & { cycles: FilingCycle[] }) {
  const t = useT();
  const { id, cycle, severity, title, body, screenshots } = issue;
  const values = answer?.values ?? { cycleId: String(cycle.id), severity, title, body };
  return (
    <>
      <PageHeader
        title={title || t("issues.untitled")}
        back={{ to: issuesPath(), label: t("issues.back.my") }}
      />
      <Notice>{t("issues.draft.note")}</Notice>
      <IssueForm
        action={issuePath(id)}
        cycles={cycles}
        values={values}
        errors={answer?.errors}
        similar={answer?.similar}
        kept={{ issueId: id, screenshots }}
        submit="submit"
        save="save"
      />
    </>
  );
}

/** Title and text of one's own issue, while nobody has decided anything about it. */
export function EditPage({ issue, answer }: OwnIssueProps) {
  const t = useT();
  const { id, title, body, screenshots } = issue;
  const errors = answer?.errors ?? {};
  return (
    <>
      <PageHeader
        title={t("issues.editTitle", { id: String(id) })}
        back={{ to: issuePath(id), label: title }}
      />
      <PostForm
        action={`${issuePath(id)}?edit`}
        encType="multipart/form-data"
        className="stack max-w-144"
      >
        <ErrorSummary errors={errors} />
        <TextFields values={answer?.values ?? { title, body }} errors={errors} />
        <ScreenshotFields
          kept={{ issueId: id, screenshots }}
          error={errors.screenshots}
          enter="edit"
        />
        <div className="row">
          <Button tone="primary" name="intent" value="edit">
            {t("issues.save")}
          </Button>
          <ButtonLink to={issuePath(id)}>{t("app.cancel")}</ButtonLink>
        </div>
      </PostForm>
    </>
  );
}
