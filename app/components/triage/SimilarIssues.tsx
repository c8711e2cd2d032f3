import { CheckboxRow } from "~/components/CheckboxRow";
import { PageLink } from "~/components/PageLink";
import { issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { SimilarIssue } from "~/models/similar-issues.server";

/** `asked`: by the link, without scripts. `issues` is null until they were looked for. */
export type Similar = { readonly issues: readonly SimilarIssue[] | null; readonly asked: boolean };

export type SimilarProps = {
  similar: Similar;
  /** This page with the similar issues in it. */
  similarHref: string;
  /** The original as it was chosen in a form that comes back. */
  chosen: string | undefined;
};

/** What this issue may repeat: one of them can be named as the original. */
export function SimilarIssues({ similar: { issues }, similarHref, chosen }: SimilarProps) {
  const t = useT();
  if (issues === null) {
    return (
      <p>
        <PageLink to={similarHref} preventScrollReset>
          {t("triage.similar.find")}
        </PageLink>
      </p>
    );
  }
  if (issues.length === 0) return <p className="hint">{t("triage.similar.none")}</p>;
  return (
    <fieldset className="field similar">
      <legend className="label">{t("triage.similar.original")}</legend>
      {issues.map((issue) => (
        <CheckboxRow
          key={issue.id}
          type="radio"
          name="original"
          value={issue.id}
          defaultChecked={String(issue.id) === chosen}
          label={`${t("triage.similar.number", { id: String(issue.id) })} ${issue.title}`}
          hint={t("triage.similar.where", {
            status: t(`words.status.${issue.status}`),
            cycle: issue.cycleName,
          })}
        />
      ))}
      <CheckboxRow
        type="radio"
        name="original"
        value=""
        defaultChecked={!chosen}
        label={t("triage.similar.noOriginal")}
      />
    </fieldset>
  );
}

/** The same to look at, beside the issue. */
export function SimilarList({ similar: { issues }, similarHref }: Omit<SimilarProps, "chosen">) {
  const t = useT();
  return (
    <section aria-labelledby="similar" className="similar">
      <h2 id="similar">{t("triage.similar")}</h2>
      {issues === null ? (
        <p>
          <PageLink to={similarHref} preventScrollReset>
            {t("triage.similar.find")}
          </PageLink>
        </p>
      ) : issues.length === 0 ? (
        <p className="meta">{t("triage.similar.none")}</p>
      ) : (
        <ul>
          {issues.map((issue) => (
            <li key={issue.id}>
              <PageLink to={issuePath(issue.id)}>
                {t("triage.similar.number", { id: String(issue.id) })} {issue.title}
              </PageLink>{" "}
              <span className="meta">
                {t("triage.similar.where", {
                  status: t(`words.status.${issue.status}`),
                  cycle: issue.cycleName,
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
