import { When } from "~/components/When";
import { isNegativeClosing } from "~/domain/issue-status";
import { useFormat, useT } from "~/i18n/context";
import type { TriageEvent } from "~/models/triage-issue.server";

/** What happened to an issue, oldest first, in words. */
export function IssueEvents({ events }: { events: readonly TriageEvent[] }) {
  const t = useT();
  const sentence = useEventSentence();
  return (
    <section aria-labelledby="issue-history">
      <h3 id="issue-history">{t("triage.history")}</h3>
      <ol className="issue-events">
        {events.map((event) => (
          <li key={event.version}>
            <p>
              {sentence(event)} <When value={event.at} as="dateTime" />
            </p>
            {event.note ? <p className="issue-note">{event.note}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function useEventSentence(): (event: TriageEvent) => string {
  const t = useT();
  const format = useFormat();
  return (event) => {
    const name = event.by ?? t("triage.import");
    const amount = event.money ? format.money(event.money) : "";
    switch (event.kind) {
      case "approved":
      case "amount_changed":
      case "voided":
      case "paid":
      case "reversed":
        return t(`triage.event.${event.kind}`, { name, amount });
      case "rejected": {
        const { reason } = event;
        const word = isNegativeClosing(reason) ? t(`words.reason.${reason}`) : "";
        return t("triage.event.rejected", { name, reason: word });
      }
      case "status_changed":
        return t("triage.event.status_changed", {
          name,
          from: t(`words.status.${event.fromStatus ?? event.toStatus}`),
          to: t(`words.status.${event.toStatus}`),
        });
      default:
        return t(`triage.event.${event.kind}`, { name });
    }
  };
}
