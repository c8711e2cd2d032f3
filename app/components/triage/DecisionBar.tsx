import type { ReactNode } from "react";
import { ButtonLink } from "~/components/Button";
import { Notice } from "~/components/Notice";
import { issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import { ApproveForm, CustomAmountForm, type DecisionProps, RejectForm } from "./DecisionForms";

type Props = DecisionProps & {
  /** The viewer filed it: someone else approves it (DESIGN 3). */
  isOwn: boolean;
};

/** What can be done with an issue that waits. One of the two panels is open at a time. */
export function DecisionBar({ isOwn, ...props }: Props) {
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
        <Panel label={`${t("issues.card.reject")} ▾`} isOpen={answer?.panel === "reject"}>
          <RejectForm {...props} />
        </Panel>
        <ButtonLink to={issuePath(issue.id)}>{t("triage.open")}</ButtonLink>
      </div>
    </>
  );
}

function Panel({
  label,
  isOpen,
  children,
}: {
  label: string;
  isOpen: boolean;
  children: ReactNode;
}) {
  return (
    // The same name: opening one closes the other, where the browser knows it.
    <details name="decision" open={isOpen}>
      <summary className="btn">{label}</summary>
      {children}
    </details>
  );
}
