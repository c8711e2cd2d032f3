import { MOST_SCREENSHOTS } from "~/domain/screenshot";
import type { KeptForm } from "~/http/kept-form";
import { homePath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import { Button, ButtonLink } from "./Button";
import { keptFieldText } from "./kept-field-text";
import { HiddenFields } from "./KeptFields";
import { ScreenshotInput } from "./issues/ScreenshotFields";
import { Notice } from "./Notice";
import { PageHeader } from "./PageHeader";
import { PostForm } from "./PostForm";

/** After signing in again: what had been posted too late, to be looked at and sent once more. */
export function ResumeForm({ kept: { path, fields, hadFiles } }: { kept: KeptForm }) {
  const t = useT();
  const { money } = useFormat();
  const shown = fields.flatMap((field) => keptFieldText(field, t, money) ?? []);
  return (
    <div className="stack max-w-160">
      <PageHeader title={t("signIn.resume.title")} />
      <p>{t("signIn.resume.body")}</p>
      <dl>
        {shown.map(({ label, value }, index) => (
          <div key={index}>
            <dt className="meta">{label}</dt>
            <dd className="whitespace-pre-wrap">{value}</dd>
          </div>
        ))}
      </dl>
      <PostForm
        action={path}
        reloadDocument
        encType={hadFiles ? "multipart/form-data" : undefined}
        className="row"
      >
        <HiddenFields fields={fields} />
        {hadFiles ? (
          <div className="grid gap-2">
            <Notice tone="warning">{t("issueTalk.screenshots.again.hint")}</Notice>
            <ScreenshotInput label={t("issueTalk.screenshots.again")} room={MOST_SCREENSHOTS} />
          </div>
        ) : null}
        <Button tone="primary">{t("signIn.resume.submit")}</Button>
        <ButtonLink to={homePath()}>{t("signIn.resume.discard")}</ButtonLink>
      </PostForm>
    </div>
  );
}
