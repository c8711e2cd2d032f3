import { storedWord } from "~/i18n/stored-word";
import type { T } from "~/i18n/translator";
import type { AuditLine } from "~/models/audit-list.server";
import { cycleStatusWord, roleWord, severityWord, statusWord } from "~/components/stored-words";

/** As the CSV routes record what was taken out. */
const FILES = ["audit", "issues", "payments", "own payments", "transfers"] as const;
const VIEW_ENDS = ["asked", "expired", "session_ended", "not_allowed"] as const;

/** The few words of a detail that say something to a reader: "Tester → Admin", which list was exported. */
export function detailText(
  { what, detail }: Pick<AuditLine, "what" | "detail">,
  t: T,
): string | null {
  if (!detail) return null;
  const { from, to, file, ended, role, name } = detail;
  if (isWord(from) && isWord(to)) return `${changed(what, from, t)} → ${changed(what, to, t)}`;
  if (isWord(file)) return storedWord(file, FILES, (one) => t(`audit.file.${one}`));
  if (isWord(ended)) return storedWord(ended, VIEW_ENDS, (one) => t(`audit.ended.${one}`));
  if (isWord(role)) return roleWord(role, t);
  return isWord(name) ? name : null;
}

/** One side of a change; a cycle's new name, say, is a word already. */
function changed(what: AuditLine["what"], value: string, t: T): string {
  switch (what) {
    case "role_changed":
      return roleWord(value, t);
    case "severity_changed":
      return severityWord(value, t);
    case "status_changed":
      return statusWord(value, t);
    case "cycle_status_changed":
      return cycleStatusWord(value, t);
    default:
      return value;
  }
}

function isWord(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
