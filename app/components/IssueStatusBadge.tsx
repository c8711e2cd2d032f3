import type { IssueStatus } from "~/domain/issue-status";
import { useT } from "~/i18n/context";

/** Outlined and grey: in a row of badges the money's status is the loud one. */
export function IssueStatusBadge({ status }: { status: IssueStatus }) {
  return <span className="badge is-status">{useT()(`words.status.${status}`)}</span>;
}
