import { Button } from "~/components/Button";
import { PageLink } from "~/components/PageLink";
import { PostForm } from "~/components/PostForm";
import { When } from "~/components/When";
import { issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { IntakeView, KeptIntake } from "~/models/intake-suggestion.server";
import type { IssueView } from "~/models/issue.server";
import { OpenForm } from "./OpenForm";
import { SuggestionState } from "./SuggestionState";

export type SuggestionLinks = {
  /** Triage with the rejection filled in as a duplicate of that issue. */
  duplicate: (original: number) => string;
  /** This page with the comment filled in. */
  lacks: string;
};

type Props = {
  issue: Pick<IssueView, "id" | "version" | "severity" | "payoutStatus" | "status">;
  view: IntakeView;
  /** Where the forms of the page are sent, and this page itself. */
  action: string;
  links: SuggestionLinks;
  /** Whether this admin may change the severity, and reject it in Triage. */
  mayPrice: boolean;
  mayReject: boolean;
};

/** What a model makes of a report: to be read, and each part to be taken over by itself, by somebody. */
export function IntakeSuggestion(props: Props) {
  const t = useT();
  const { issue, view, action } = props;
  const { suggestion } = view;
  return (
    <section aria-labelledby="suggestion" className="suggestion">
      <h2 id="suggestion">{t("suggestions.title")}</h2>
      {suggestion ? <Parts {...props} suggestion={suggestion} /> : null}
      <SuggestionState
        state={view.state}
        trouble={view.trouble}
        hasOne={suggestion !== null}
        about={{ issue: issue.id }}
        here={action}
      />
    </section>
  );
}

function Parts({ suggestion, ...props }: Props & { suggestion: KeptIntake }) {
  const t = useT();
  const { summary, model, at, lacks } = suggestion;
  return (
    <>
      {/* Whatever it says is text: nothing of it is read as HTML or Markdown. */}
      <p>{summary}</p>
      <dl>
        <Severity {...props} suggestion={suggestion} />
        <Duplicate {...props} suggestion={suggestion} />
        {lacks.length > 0 ? (
          <div>
            <dt>{t("suggestions.lacks")}</dt>
            <dd>
              <ul>
                {lacks.map((lack) => (
                  <li key={lack}>{lack}</li>
                ))}
              </ul>
              <OpenForm to={`${props.links.lacks}#comments`}>
                {t("suggestions.lacksApply")}
              </OpenForm>
            </dd>
          </div>
        ) : null}
      </dl>
      <p className="hint">
        {t.rich("suggestions.by", { model, when: <When value={at} as="dateTime" /> })}
      </p>
    </>
  );
}

type PartProps = Props & { suggestion: KeptIntake };

function Severity({
  issue,
  action,
  mayPrice,
  suggestion: { severity, severityReason },
}: PartProps) {
  const t = useT();
  const isSame = severity === issue.severity;
  const word = t(`words.severity.${severity}`);
  return (
    <div>
      <dt>{t("suggestions.severity")}</dt>
      <dd>
        <b>{word}</b>
        {isSame ? ` (${t("suggestions.severitySame")})` : null}. {severityReason}
        {isSame || !mayPrice || issue.payoutStatus !== "pending" ? null : (
          <PostForm action={action} className="suggestion-form">
            <input type="hidden" name="issueId" value={issue.id} />
            <input type="hidden" name="version" value={issue.version} />
            <input type="hidden" name="severity" value={severity} />
            <Button name="intent" value="severity">
              {t("suggestions.severityApply", { severity: word })}
            </Button>
          </PostForm>
        )}
      </dd>
    </div>
  );
}

function Duplicate({ links, mayReject, suggestion: { duplicate, duplicateReason } }: PartProps) {
  const t = useT();
  if (!duplicate) return null;
  const { id, title, status } = duplicate;
  return (
    <div>
      <dt>{t("suggestions.duplicate")}</dt>
      <dd>
        <PageLink to={issuePath(id)}>
          {t("triage.similar.number", { id: String(id) })} {title}
        </PageLink>{" "}
        <span className="meta">{t(`words.status.${status}`)}</span>
        <div>{duplicateReason}</div>
        {mayReject ? (
          <OpenForm to={links.duplicate(id)}>{t("suggestions.duplicateApply")}</OpenForm>
        ) : null}
      </dd>
    </div>
  );
}
