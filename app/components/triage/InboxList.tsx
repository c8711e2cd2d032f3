import { useEffect, useRef } from "react";
import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { SeverityBadge } from "~/components/SeverityBadge";
import { When } from "~/components/When";
import { type InboxPlace, type TriageFilter, triageHref } from "~/filters/triage-filter";
import { useT } from "~/i18n/context";
import type { InboxIssue } from "~/models/triage.server";

type Props = {
  issues: readonly InboxIssue[];
  selectedId: number | null;
  filter: TriageFilter;
  viewerId: number;
  next: InboxPlace | null;
  /** How many come after these. */
  more: number;
};

/** The left pane: one link per issue, so that it works as a list of links and nothing else. */
export function InboxList({ issues, selectedId, filter, viewerId, next, more }: Props) {
  const t = useT();
  return (
    <nav aria-label={t("triage.list.label")} className="inbox">
      {filter.after ? (
        <p className="inbox-page">
          <PageLink to={triageHref({ ...filter, after: null, issueId: null })}>
            ↑ {t("triage.list.start")}
          </PageLink>
        </p>
      ) : null}
      <ol>
        {issues.map((issue) => (
          <Row
            key={issue.id}
            issue={issue}
            isSelected={issue.id === selectedId}
            isOwn={issue.tester.id === viewerId}
            to={triageHref({ ...filter, issueId: issue.id })}
          />
        ))}
      </ol>
      {next ? (
        <p className="inbox-page">
          <PageLink to={triageHref({ ...filter, after: next, issueId: null })}>
            {t("triage.list.more", { count: more })} ↓
          </PageLink>
        </p>
      ) : null}
    </nav>
  );
}

type RowProps = { issue: InboxIssue; isSelected: boolean; isOwn: boolean; to: string };

function Row({ issue, isSelected, isOwn, to }: RowProps) {
  const t = useT();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  return (
    <li ref={row}>
      <PageLink to={to} aria-current={isSelected ? "true" : undefined}>
        <span className="inbox-title">{issue.title}</span>
        <span className="inbox-facts">
          <SeverityBadge severity={issue.severity} />
          {issue.suggested ? (
            <Money money={issue.suggested} />
          ) : (
            <span>{t("triage.list.noRate")}</span>
          )}
        </span>
        <span className="inbox-facts">
          <span className="inbox-cycle">{issue.cycle.name}</span>
          <span>
            {issue.tester.name}
            {isOwn ? ` (${t("triage.list.own")})` : null} · <When value={issue.filedAt} as="day" />
          </span>
        </span>
      </PageLink>
    </li>
  );
}
