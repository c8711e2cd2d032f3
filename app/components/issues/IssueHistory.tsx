import { When } from "~/components/When";
import { useFormat, useT } from "~/i18n/context";
import type { HistoryEntry } from "~/domain/issue-history";
import { historyQuotes, historyText } from "./history-text";

/** Everything that happened to the issue, oldest first, with what was written about it. */
export function IssueHistory({ entries }: { entries: readonly HistoryEntry[] }) {
  const t = useT();
  const { money, day } = useFormat();
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t("issues.history")}</h2>
      <ol className="mt-2 border-l pl-4">
        {entries.map((entry) => (
          <li key={entry.version} className="mt-3">
            {historyText(entry, { t, money, day })}{" "}
            <span className="meta">
              <When value={entry.at} as="time" />
            </span>
            {historyQuotes(entry).map((quote) => (
              <p key={quote} className="whitespace-pre-wrap text-muted">
                {t("issues.quoted", { text: quote })}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
