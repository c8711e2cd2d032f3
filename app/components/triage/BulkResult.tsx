import { useEffect, useRef } from "react";
import { PageLink } from "~/components/PageLink";
import type { RowOutcome } from "~/domain/bulk-decision";
import { type TriageFilter, triageHref } from "~/filters/triage-filter";
import { useFormat, useT } from "~/i18n/context";

type Props = { outcomes: readonly RowOutcome[]; filter: TriageFilter };

/** Of each ticked issue what happened: some were decided, others could not be. */
export function BulkResult({ outcomes, filter }: Props) {
  const t = useT();
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.focus(), [outcomes]);
  if (outcomes.length === 0) return null;
  const decided = outcomes.filter(({ outcome }) => outcome === "decided").length;
  return (
    <section
      ref={section}
      aria-labelledby="bulk-result"
      className="card bulk-result"
      tabIndex={-1}
      autoFocus
    >
      <h2 id="bulk-result">{t("triage.bulk.result")}</h2>
      <p>
        {t("triage.bulk.decided", { count: decided })}
        {" · "}
        {t("triage.bulk.undecided", { count: outcomes.length - decided })}
      </p>
      <ul>
        {outcomes.map((row) => (
          <li key={row.issueId}>
            <PageLink to={triageHref({ ...filter, issueId: row.issueId })}>
              {t("triage.number", { id: String(row.issueId) })} {row.title}
            </PageLink>
            : <Outcome {...row} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outcome({ outcome, actual, status, payoutStatus, by, batchId }: RowOutcome) {
  const t = useT();
  const { money } = useFormat();
  const amount = actual ? money(actual) : t("triage.rates.none");
  const name = by ?? t("issues.import");
  switch (outcome) {
    case "decided":
      return payoutStatus === "approved"
        ? t("triage.bulk.row.approved", { amount })
        : t("triage.bulk.row.rejected");
    case "decided_before":
      return t("triage.bulk.row.decided_before", {
        name,
        status: status ? t(`words.status.${status}`) : t("app.none"),
      });
    case "stale":
      return t("triage.bulk.row.stale", { name });
    case "suggestion_changed":
      return t("triage.bulk.row.suggestion_changed", { amount });
    case "in_batch":
      return t("triage.bulk.row.in_batch", { batch: String(batchId ?? t("app.none")) });
    default:
      return t(`triage.bulk.row.${outcome}`);
  }
}
