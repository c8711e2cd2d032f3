import { useT } from "~/i18n/context";
import type { IntakeView } from "~/models/intake-suggestion.server";

/** What the report lacks, as a comment to its tester that somebody may change and send. */
export function useLacksComment(view: IntakeView | null): string | undefined {
  const t = useT();
  const lacks = view?.suggestion?.lacks ?? [];
  if (lacks.length === 0) return undefined;
  return [t("suggestions.comment"), ...lacks.map((lack) => `- ${lack}`)].join("\n");
}
