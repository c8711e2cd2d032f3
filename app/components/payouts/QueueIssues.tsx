import { CheckboxRow } from "~/components/CheckboxRow";
import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { SeverityBadge } from "~/components/SeverityBadge";
import { Cell, Row } from "~/components/Table";
import { When } from "~/components/When";
import { choiceText } from "~/domain/choice";
import { issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { QueueLine } from "~/models/pay-queue.server";
import type { QueueIssue } from "~/models/queue-issues.server";
import type { QueueHeads } from "./PayQueue";

type Props = {
  line: QueueLine;
  issues: readonly QueueIssue[];
  isAllTicked: boolean;
  isOwn: boolean;
  heads: QueueHeads;
};

/** The issues of an opened line, each with its own box. */
export function QueueIssues({ line, issues, isAllTicked, isOwn, heads }: Props) {
  const t = useT();
  const [pick, tester, count, owed, standing] = heads;
  return issues.map((issue) => (
    <Row key={issue.id}>
      <Cell of={pick}>
        {isOwn ? null : (
          <CheckboxRow
            name="choice"
            value={choiceText({ issueId: issue.id, expected: issue.amount })}
            label={t("payouts.pickIssue", { id: String(issue.id) })}
            labelHidden
            data-tester={line.testerId}
            data-currency={line.currency}
            defaultChecked={isAllTicked}
          />
        )}
      </Cell>
      <Cell of={tester}>
        <span className="font-normal block min-[71rem]:pl-4">
          <PageLink to={issuePath(issue.id)}>{`#${issue.id}`}</PageLink> {issue.title}
        </span>
      </Cell>
      <Cell of={count}>
        <SeverityBadge severity={issue.severity} />
      </Cell>
      <Cell of={owed}>
        <Money money={issue} />
      </Cell>
      <Cell of={standing} colSpan={2}>
        <span className="meta">
          {issue.cycleName} · <When value={issue.approvedAt} as="day" />
        </span>
      </Cell>
    </Row>
  ));
}
