import type { Severity } from "~/domain/severity";
import { useT } from "~/i18n/context";

/** A coloured mark and the word: the colour helps to scan a list, the word is what counts. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  return <span className={`severity is-${severity}`}>{useT()(`words.severity.${severity}`)}</span>;
}
