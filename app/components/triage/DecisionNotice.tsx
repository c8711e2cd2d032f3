import { Button } from "~/components/Button";
import { Notice } from "~/components/Notice";
import { PageLink } from "~/components/PageLink";
import { PostForm } from "~/components/PostForm";
import { type TriageFilter, triageHref } from "~/filters/triage-filter";
import { useRootData } from "~/http/root-data";
import { useT } from "~/i18n/context";
import type { Failed, Quick } from "./quick";

type Props = {
  quick: Quick | undefined;
  filter: TriageFilter;
  /** The title of the issue that is shown now, for those who hear the page. */
  nowShown: string | null;
};

/** What became of the last form, always at the same place and of the same height, so that nothing moves. */
export function DecisionNotice({ quick, filter, nowShown }: Props) {
  const t = useT();
  const flash = useRootData()?.flash;
  const last = quick?.last;
  return (
    <div role="status">
      {last && quick ? (
        <div className="notice is-success">
          <div>{last.text}</div>
          <PostForm
            key={last.issueId}
            action={triageHref({ ...filter, issueId: last.issueId })}
            onSubmit={quick.onUndo}
          >
            <input type="hidden" name="intent" value="undo" />
            <input type="hidden" name="issueId" value={last.issueId} />
            <input type="hidden" name="version" value={last.version} />
            <Button kbd="z">{t("app.undo")}</Button>
          </PostForm>
        </div>
      ) : flash ? (
        <Notice tone={flash.tone} action={flash.action}>
          {flash.text}
        </Notice>
      ) : null}
      {(last ?? flash) && nowShown ? (
        <span className="sr-only">{t("triage.now", { title: nowShown })}</span>
      ) : null}
    </div>
  );
}

/** Decisions that came back. They do not push themselves before the issue that is being read. */
export function FailedDecisions({ quick, filter }: Omit<Props, "nowShown">) {
  const t = useT();
  if (!quick || quick.failed.length === 0) return null;
  const { failed, onDismiss } = quick;
  return (
    <div role="alert" className="failed-decisions">
      <div className="notices">
        {failed.map((one) => (
          <FailedDecision
            key={one.answer.issueId}
            {...one}
            href={triageHref({ ...filter, issueId: one.answer.issueId })}
            onDismiss={onDismiss}
          />
        ))}
      </div>
      {failed.length > 1 ? (
        <Button
          type="button"
          onClick={() => {
            for (const { answer } of failed) onDismiss(answer.issueId);
          }}
        >
          {t("triage.failed.dismissAll", { count: failed.length })}
        </Button>
      ) : null}
    </div>
  );
}

type FailedProps = Failed & { href: string; onDismiss: Quick["onDismiss"] };

function FailedDecision({ title, answer, href, onDismiss }: FailedProps) {
  const t = useT();
  const { issueId, errors } = answer;
  return (
    <div className="notice is-error">
      <div>
        <strong>{t("triage.failed", { id: String(issueId), title })}</strong>
        {Object.values(errors).map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      <div className="row">
        <PageLink to={href} className="btn">
          {t("triage.failed.look")}
        </PageLink>
        <Button type="button" onClick={() => onDismiss(issueId)}>
          {t("triage.failed.dismiss")}
        </Button>
      </div>
    </div>
  );
}
