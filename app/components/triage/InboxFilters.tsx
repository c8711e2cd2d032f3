import type { ReactNode } from "react";
import { Form } from "@remix-run/react";
import { Button } from "~/components/Button";
import { useKeyOf } from "~/components/Kbd";
import { PageLink } from "~/components/PageLink";
import { SeverityBadge } from "~/components/SeverityBadge";
import { countIn, type InboxCount, inboxCycles } from "~/domain/inbox-counts";
import { SEVERITIES } from "~/domain/severity";
import { type InboxScope, triageHref } from "~/filters/triage-filter";
import { triagePath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";

type Props = { counts: readonly InboxCount[]; scope: InboxScope };

/** Every filter is a link with what it would leave; the one in force is a link that removes it. */
export function InboxFilters({ counts, scope }: Props) {
  const t = useT();
  return (
    <nav aria-label={t("triage.filter.label")} className="inbox-filters">
      <ul>
        {SEVERITIES.map((severity) => (
          <FilterChip
            key={severity}
            isOn={severity === scope.severity}
            count={countIn(counts, { ...scope, severity })}
            on={{ ...scope, severity }}
            off={{ ...scope, severity: null }}
          >
            <SeverityBadge severity={severity} />
          </FilterChip>
        ))}
      </ul>
      <CycleFilter counts={counts} scope={scope} />
      <SearchForm scope={scope} />
    </nav>
  );
}

/** A GET form: the other filters go along. */
function SearchForm({ scope: { cycleId, severity, q } }: Pick<Props, "scope">) {
  const t = useT();
  return (
    <Form role="search" action={triagePath()} discover="none" className="inbox-search">
      {cycleId === null ? null : <input type="hidden" name="cycle" value={cycleId} />}
      {severity === null ? null : <input type="hidden" name="severity" value={severity} />}
      <input
        // Anew when a link took the search away.
        key={q}
        type="search"
        name="q"
        defaultValue={q ?? ""}
        maxLength={100}
        className="input"
        aria-label={t("triage.filter.search")}
        placeholder={t("triage.filter.search")}
        {...useKeyOf("/")}
      />
      <Button>{t("triage.filter.find")}</Button>
      {q === null ? null : (
        <PageLink to={triageHref({ cycleId, severity })} className="chip">
          × {t("triage.filter.remove")}
        </PageLink>
      )}
    </Form>
  );
}

function CycleFilter({ counts, scope }: Props) {
  const t = useT();
  const cycles = inboxCycles(counts, scope.severity);
  const chosen = cycles.find(({ id }) => id === scope.cycleId);
  if (scope.cycleId !== null) {
    return (
      <ul>
        <FilterChip isOn count={chosen?.issues ?? 0} on={scope} off={{ ...scope, cycleId: null }}>
          {chosen?.name ?? t("triage.filter.cycle")}
        </FilterChip>
      </ul>
    );
  }
  return (
    // Anew for every filter, so that a choice closes it without a script of its own.
    <details key={scope.severity} className="inbox-cycles">
      <summary className="chip">{t("triage.filter.allCycles")}</summary>
      <ul className="card">
        {cycles.map(({ id, name, issues }) => (
          <li key={id}>
            <PageLink to={triageHref({ ...scope, cycleId: id })}>
              <span>{name}</span> <Count of={issues} />
            </PageLink>
          </li>
        ))}
      </ul>
    </details>
  );
}

type ChipProps = {
  isOn: boolean;
  count: number;
  on: InboxScope;
  off: InboxScope;
  children: ReactNode;
};

function FilterChip({ isOn, count, on, off, children }: ChipProps) {
  const t = useT();
  if (!isOn && count === 0) {
    return (
      <li className="chip">
        <span className="chip-name">{children}</span> <Count of={0} />
      </li>
    );
  }
  return (
    <li>
      <PageLink
        to={triageHref(isOn ? off : on)}
        aria-current={isOn ? "true" : undefined}
        className="chip"
        title={isOn ? t("triage.filter.remove") : undefined}
      >
        <span className="chip-name">{children}</span> <Count of={count} />
        {isOn ? (
          <>
            <span aria-hidden="true">×</span>
            <span className="sr-only">{t("triage.filter.remove")}</span>
          </>
        ) : null}
      </PageLink>
    </li>
  );
}

function Count({ of }: { of: number }) {
  return <span className="chip-count">{useFormat().number(of)}</span>;
}
