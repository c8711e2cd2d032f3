import { useT } from "~/i18n/context";
import type { IssueView } from "~/models/issue.server";
import { Screenshots } from "./Screenshots";

/** The description as its writer meant it, and what can be seen on the screen. */
export function IssueText({ issue }: { issue: IssueView }) {
  const t = useT();
  return (
    <section aria-labelledby="description" className="grid gap-3">
      <h2 id="description">{t("issues.description")}</h2>
      {issue.bodyHtml ? (
        // Made by markdownToHtml, which lets no HTML of its writer through.
        <div className="prose" dangerouslySetInnerHTML={{ __html: issue.bodyHtml }} />
      ) : (
        <p className="text-muted">{t("issues.description.none")}</p>
      )}
      <Screenshots issue={issue} />
    </section>
  );
}
