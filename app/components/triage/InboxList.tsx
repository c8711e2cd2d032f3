import { useEffect, useRef } from "react";
import { useKeyOf } from "~/components/Kbd";
import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { SeverityBadge } from "~/components/SeverityBadge";
import { When } from "~/components/When";
import { SEVERITIES } from "~/domain/severity";
import { type InboxPlace, type TriageFilter, triageHref } from "~/filters/triage-filter";
import { tickText } from "~/domain/ticked-issue";
import { useT } from "~/i18n/context";
import type { InboxIssue } from "~/models/triage.server";
import { BULK_FORM } from "./BulkForm";

type Props = {
  issues: readonly InboxIssue[];
  selectedId: number | null;
  filter: TriageFilter;
  viewerId: number;
  next: InboxPlace | null;
  /** Ticked before, in a bulk decision that comes back. */
  ticked: readonly string[];
};

/** The left pane: links under their severities, worst first. */
export function InboxList({ issues, selectedId, filter, viewerId, next, ticked }: Props) {
  const t = useT();
  const page = (after: InboxPlace | null) => triageHref({ ...filter, after, issueId: null });
  return (
    <nav aria-label={t("triage.list.label")} className="inbox">
      {filter.after ? (
        <p className="inbox-page">
          <PageLink to={page(null)}>↑ {t("triage.list.start")}</PageLink>
        </p>
      ) : null}
      {SEVERITIES.map((severity) => {
        const group = issues.filter((issue) => issue.severity === severity);
        return group.length === 0 ? null : (
          <section key={severity} aria-labelledby={`inbox-${severity}`}>
            <h2 id={`inbox-${severity}`}>
              <SeverityBadge severity={severity} />
            </h2>
            <ol>
              {group.map((issue) => (
                <Row
                  key={issue.id}
                  issue={issue}
                  isSelected={issue.id === selectedId}
                  isOwn={issue.tester.id === viewerId}
                  isTicked={ticked.includes(tickOf(issue))}
                  to={triageHref({ ...filter, issueId: issue.id })}
                />
              ))}
            </ol>
          </section>
        );
      })}
      {next ? (
        <p className="inbox-page">
          <PageLink to={page(next)}>{t("triage.list.more")} ↓</PageLink>
        </p>
      ) : null}
    </nav>
  );
}

const tickOf = ({ id, version, suggested }: InboxIssue) =>
  tickText({ issueId: id, version, expected: suggested });

type RowProps = {
  issue: InboxIssue;
  isSelected: boolean;
  isOwn: boolean;
  isTicked: boolean;
  to: string;
};

function Row({ issue, isSelected, isOwn, isTicked, to }: RowProps) {
  const t = useT();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  return (
    <li ref={row} data-current={isSelected ? "" : undefined}>
      <Tick issue={issue} isSelected={isSelected} isTicked={isTicked} />
      <PageLink to={to} aria-current={isSelected ? "true" : undefined} preventScrollReset>
        <span className="inbox-title">{issue.title}</span>
        <span className="inbox-facts">
          <span>
            {issue.tester.name}
            {isOwn ? ` (${t("triage.list.own")})` : null} · <When value={issue.filedAt} as="day" />
            {" · "}
            {issue.cycle.name}
          </span>
          {issue.suggested ? (
            <Money money={issue.suggested} />
          ) : (
            <span>{t("triage.list.noRate")}</span>
          )}
        </span>
      </PageLink>
    </li>
  );
}

function Tick({
  issue,
  isSelected,
  isTicked,
}: Pick<RowProps, "issue" | "isSelected" | "isTicked">) {
  const t = useT();
  const key = useKeyOf(isSelected ? "x" : undefined);
  return (
    <label className="tick">
      <input
        type="checkbox"
        form={BULK_FORM}
        name="row"
        value={tickOf(issue)}
        defaultChecked={isTicked}
        {...key}
      />
      <span className="sr-only">{t("triage.bulk.tick", { id: String(issue.id) })}</span>
    </label>
  );
}
