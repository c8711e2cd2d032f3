import { type MouseEvent, type ReactNode } from "react";
import { ButtonLink } from "~/components/Button";
import { Kbd, useKeyOf } from "~/components/Kbd";
import { Notice } from "~/components/Notice";
import { issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import { ApproveForm, CustomAmountForm, type DecisionProps } from "./DecisionForms";
import { RejectForm, type RejectProps } from "./RejectForm";
import { SeverityForm } from "./SeverityForm";

type Props = DecisionProps &
  RejectProps & {
    /** The viewer filed it: someone else approves it (DESIGN 3). */
    isOwn: boolean;
  };

/** What can be done with an issue that waits. One of the panels is open at a time. */
export function DecisionBar({ isOwn, templates, similar, similarHref, ...props }: Props) {
  const t = useT();
  const { issue, answer } = props;
  const noRate = !isOwn && issue.suggested === null;
  return (
    <>
      {isOwn ? <Notice>{t("triage.own")}</Notice> : null}
      {noRate ? <Notice tone="warning">{t("triage.noSuggestion")}</Notice> : null}
      <div role="group" aria-label={t("triage.decide")} className="decisions">
        {isOwn ? null : (
          <>
            <ApproveForm {...props} />
            <Panel
              label={t("issues.card.custom")}
              isOpen={answer ? answer.panel === "custom" : noRate}
            >
              <CustomAmountForm {...props} />
            </Panel>
          </>
        )}
        <Panel
          label={`${t("issues.card.reject")} ▾`}
          isOpen={answer?.panel === "reject" || similar.asked}
          kbd="r"
        >
          <RejectForm {...props} {...{ templates, similar, similarHref }} />
        </Panel>
        <Panel label={t("triage.severity")} isOpen={answer?.panel === "severity"}>
          <SeverityForm {...props} />
        </Panel>
        <ButtonLink to={issuePath(issue.id)} kbd="o">
          {t("triage.open")}
        </ButtonLink>
      </div>
    </>
  );
}

type PanelProps = { label: string; isOpen: boolean; kbd?: string; children: ReactNode };

function Panel({ label, isOpen, kbd, children }: PanelProps) {
  return (
    // The same name: opening one closes the other, where the browser knows it.
    <details name="decision" open={isOpen}>
      <summary className="btn" {...useKeyOf(kbd)} onClick={focusInside}>
        {label}
        <Kbd>{kbd}</Kbd>
      </summary>
      {children}
    </details>
  );
}

/** With scripts, what is opened to be filled in is where the typing goes. The browser opens it after this. */
function focusInside({ currentTarget }: MouseEvent<HTMLElement>): void {
  const panel = currentTarget.closest("details");
  requestAnimationFrame(() => {
    if (panel?.open)
      panel.querySelector<HTMLElement>("input:not([type=hidden]), textarea")?.focus();
  });
}
