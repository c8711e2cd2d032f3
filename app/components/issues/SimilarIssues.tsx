import { PageLink } from "~/components/PageLink";
import { When } from "~/components/When";
import type { SimilarOffer } from "~/http/issue-answer";
import { issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";

/** Asked once before filing, and never in the way: the button below files it all the same. */
export function SimilarIssues({ offer: { issues, seen } }: { offer: SimilarOffer }) {
  const t = useT();
  return (
    <div className="notice is-warning" role="alert" tabIndex={-1} autoFocus>
      <div>
        <h2>{t("issueTalk.similar.title", { count: issues.length })}</h2>
        <ul className="my-2">
          {issues.map(({ id, title, status, filedAt }) => (
            <li key={id} className="mt-1">
              <PageLink to={issuePath(id)}>
                {t("issues.pageTitle", { id: String(id), title })}
              </PageLink>{" "}
              <span className="meta">
                {t(`words.status.${status}`)}
                {filedAt ? (
                  <>
                    {" "}
                    · <When value={filedAt} as="day" />
                  </>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
        <p>{t("issueTalk.similar.body")}</p>
        <input type="hidden" name="seen" value={seen} />
      </div>
    </div>
  );
}
