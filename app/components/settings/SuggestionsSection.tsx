import { Card } from "~/components/Card";
import { costShown, MOST_SENT_ISSUES } from "~/domain/suggestion";
import type { SuggestionStanding } from "~/http/suggestion-standing.server";
import { useFormat, useT } from "~/i18n/context";

/** For admins: whether there are suggestions, what is sent for them and where, and what today has cost. */
export function SuggestionsSection({ standing }: { standing: SuggestionStanding | null }) {
  const t = useT();
  const { money, number } = useFormat();
  if (!standing)
    return <p className="meta">{t("suggestions.settings.off", { variable: KEY_VARIABLE })}</p>;
  const { host, model, budget, usage } = standing;
  const { tokens, requests: count, costMicroUsd } = usage;
  return (
    <Card title={t("suggestions.settings.title")}>
      <p>{t("suggestions.settings.on")}</p>
      <div>
        <p>{t("suggestions.settings.to", { host, model })}</p>
        <ul className="list-disc pl-5">
          <li>{t("suggestions.settings.sentIssue")}</li>
          <li>{t("suggestions.settings.sentCycle", { count: MOST_SENT_ISSUES })}</li>
        </ul>
      </div>
      <p>{t("suggestions.settings.notSent")}</p>
      <p>
        {t("suggestions.settings.used", { used: number(tokens), budget: number(budget), count })}{" "}
        {costMicroUsd > 0
          ? t("suggestions.settings.cost", { amount: money(costShown(costMicroUsd)) })
          : null}
      </p>
    </Card>
  );
}

const KEY_VARIABLE = "ANTHROPIC_API_KEY";
