import { ISSUE_STATUSES } from "~/domain/issue-status";
import { SEVERITIES } from "~/domain/severity";
import { USER_ROLES } from "~/filters/user-filter";
import { CYCLE_STATUSES } from "~/forms/cycle-form";
import { storedWord } from "~/i18n/stored-word";
import type { T } from "~/i18n/translator";
import type { AuditLine } from "~/models/audit-list.server";

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
      return storedWord(value, SEVERITIES, (one) => t(`words.severity.${one}`));
    case "status_changed":
      return storedWord(value, ISSUE_STATUSES, (one) => t(`words.status.${one}`));
    case "cycle_status_changed":
      return storedWord(value, CYCLE_STATUSES, (one) => t(`words.cycle.${one}`));
    default:
      return value;
  }
}

function roleWord(role: string, t: T): string {
  return storedWord(role, USER_ROLES, (one) => t(`people.role.${one}`));
}

function isWord(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
