import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { ErrorSummary } from "~/components/ErrorSummary";
import { TextArea } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import type { ReportAnswer } from "~/http/cycle-report-post.server";
import { cycleReportPath } from "~/http/paths";
import { useT } from "~/i18n/context";

type Props = {
  cycleId: number;
  draft: string;
  /** One-time key of what is kept from here. */
  formKey: string;
  answer: ReportAnswer | undefined;
};

/** The closing report: a draft to be changed; only what is sent is kept. */
export function ReportForm({ cycleId, draft, formKey, answer }: Props) {
  const t = useT();
  return (
    <Card title={t("suggestions.report.title")}>
      <p>{t("suggestions.report.intro")}</p>
      <PostForm action={cycleReportPath(cycleId)} className="stack">
        <ErrorSummary errors={answer?.errors} />
        <input type="hidden" name="key" value={formKey} />
        <TextArea
          name="body"
          label={t("suggestions.report.body")}
          rows={18}
          defaultValue={answer?.values.body ?? draft}
          error={answer?.errors.body}
        />
        <div>
          <Button name="intent" value="keep">
            {t("suggestions.report.keep")}
          </Button>
        </div>
      </PostForm>
    </Card>
  );
}
