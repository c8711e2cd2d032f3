import { DescriptionList } from "~/components/DescriptionList";
import { ErrorSummary } from "~/components/ErrorSummary";
import { isNegativeClosing } from "~/domain/issue-status";
import type { IssueAnswer } from "~/http/issue-answer";
import { useT } from "~/i18n/context";

/** A refusal whose form is no longer offered: why, and what was typed, so that it can be copied. */
export function RefusedEntry({ answer: { errors, values } }: { answer: IssueAnswer }) {
  const t = useT();
  const labels = {
    title: t("issues.titleField"),
    body: t("issues.body"),
    amountText: t("issues.card.amount"),
    note: t("issues.card.note"),
    reason: t("issues.card.why"),
  };
  const typed = Object.entries(labels).flatMap(([name, label]) => {
    const value = values[name]?.trim();
    if (!value) return [];
    const text = isNegativeClosing(value) ? t(`words.reason.${value}`) : value;
    return [[label, <span className="whitespace-pre-wrap">{text}</span>] as const];
  });
  // Nothing here has a field to lead to.
  const form = Object.values(errors).join(" ");
  return (
    <div className="grid gap-3">
      <ErrorSummary errors={{ form }} title={t("issues.refused")} />
      {typed.length > 0 ? (
        <div>
          <p className="hint">{t("issues.refusedTyped")}</p>
          <DescriptionList items={typed} />
        </div>
      ) : null}
    </div>
  );
}
