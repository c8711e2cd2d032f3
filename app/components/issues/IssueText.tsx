import { useT } from "~/i18n/context";

/** The description as it was written: plain text, with its line breaks. */
export function IssueText({ body }: { body: string }) {
  const t = useT();
  return (
    <section aria-labelledby="description">
      <h2 id="description">{t("issues.description")}</h2>
      {body ? (
        <p className="mt-2 whitespace-pre-wrap">{body}</p>
      ) : (
        <p className="mt-2 text-muted">{t("issues.description.none")}</p>
      )}
    </section>
  );
}
