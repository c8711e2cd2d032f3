import { MOST_SCREENSHOTS } from "~/domain/screenshot";
import type { KeptForm } from "~/http/kept-form";
import { homePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import { Button, ButtonLink } from "./Button";
import { HiddenFields } from "./KeptFields";
import { ScreenshotInput } from "./issues/ScreenshotFields";
import { Notice } from "./Notice";
import { PageHeader } from "./PageHeader";
import { PostForm } from "./PostForm";

/** After signing in again: what had been posted too late, to be looked at and sent once more. */
export function ResumeForm({ kept: { path, fields, hadFiles } }: { kept: KeptForm }) {
  const t = useT();
  return (
    <div className="stack max-w-160">
      <PageHeader title={t("signIn.resume.title")} />
      <p>{t("signIn.resume.body")}</p>
      <dl>
        {fields.filter(isTyped).map(([name, value], index) => (
          <div key={index}>
            <dt className="meta">{name}</dt>
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

/** Keys, ids and the button that was pressed go along unseen. */
function isTyped([name, value]: KeptForm["fields"][number]): boolean {
  return value.trim() !== "" && !/^(key|intent|version|seen|next)$|id$/i.test(name);
}
