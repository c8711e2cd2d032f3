import { issuePath, triagePath, withQuery } from "~/http/paths";
import type { IntakeView } from "~/models/intake-suggestion.server";
import type { IssueView } from "~/models/issue.server";
import { IntakeSuggestion } from "./IntakeSuggestion";

type Props = { issue: IssueView; viewerId: number; view: IntakeView };

/** The suggestion on the issue's own page; the rejection that it may fill in is that of Triage. */
export function IssueSuggestion({ issue, viewerId, view }: Props) {
  const { id, status, payoutStatus, tester, heldIn } = issue;
  return (
    <IntakeSuggestion
      issue={issue}
      view={view}
      action={issuePath(id)}
      links={{
        duplicate: (original) => triagePath({ issue: id, similar: 1, duplicate: original }),
        lacks: withQuery(issuePath(id), { lacks: 1 }),
      }}
      mayPrice={tester.id !== viewerId && heldIn === null}
      mayReject={status === "open" && payoutStatus === "pending"}
    />
  );
}
