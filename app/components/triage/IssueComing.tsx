import type { RefCallback } from "react";
import { SeverityBadge } from "~/components/SeverityBadge";
import { useT } from "~/i18n/context";
import type { InboxIssue } from "~/models/triage.server";

type Props = { issue: InboxIssue; headingRef: RefCallback<HTMLElement> };

/** The issue that was chosen, until all of it is there: nobody decides what they could not read. */
export function IssueComing({ issue, headingRef }: Props) {
  const t = useT();
  return (
    <section aria-labelledby="issue-title" aria-busy className="issue card">
      <div>
        <p className="row meta">
          <span>{t("triage.number", { id: String(issue.id) })}</span>
          <SeverityBadge severity={issue.severity} />
        </p>
        <h2 id="issue-title" ref={headingRef} tabIndex={-1}>
          {issue.title}
        </h2>
        <p className="meta">{t("triage.loading")}</p>
      </div>
    </section>
  );
}
