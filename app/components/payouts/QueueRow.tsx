import { Button } from "~/components/Button";
import { CheckboxRow } from "~/components/CheckboxRow";
import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { Cell, Row } from "~/components/Table";
import { lineChoiceText } from "~/domain/choice";
import { isAmong, type OpenLine } from "~/filters/open-line";
import { payLineId, payQueuePath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { QueueLine } from "~/models/pay-queue.server";
import type { QueueHeads } from "./PayQueue";
import { QueueStanding } from "./QueueStanding";

type Props = {
  line: QueueLine;
  heads: QueueHeads;
  open: readonly OpenLine[];
  isAllTicked: boolean;
  isOwn: boolean;
  now: Date;
};

/** What one tester is owed in one currency. */
export function QueueRow({ line, heads, open, isAllTicked, isOwn, now }: Props) {
  const t = useT();
  const format = useFormat();
  const [pick, tester, count, owed, standing, action] = heads;
  const choice = lineChoiceText(line);
  const money = { currency: line.currency, amount: line.total };
  const isOpen = isAmong(line, open);
  return (
    <Row>
      <Cell of={pick}>
        {isOwn ? null : (
          <CheckboxRow
            name="line"
            value={choice}
            label={t("payouts.pickLine", { name: line.name, currency: line.currency })}
            labelHidden
            // Of an opened line the boxes inside are ticked: without scripts, un-ticking one is then what it seems.
            defaultChecked={isAllTicked && !isOpen}
          />
        )}
      </Cell>
      <Cell of={tester}>{line.name}</Cell>
      <Cell of={count}>
        <OpenLink line={line} open={open} isOpen={isOpen} isAllTicked={isAllTicked} />
      </Cell>
      <Cell of={owed}>
        <Money money={money} />
      </Cell>
      <Cell of={standing}>
        <QueueStanding line={line} now={now} isOwn={isOwn} />
      </Cell>
      <Cell of={action}>
        {isOwn ? null : (
          <Button
            name="only"
            value={choice}
            aria-label={t("payouts.payAllOf", { name: line.name, amount: format.money(money) })}
          >
            {t("payouts.payAll")}
          </Button>
        )}
      </Cell>
    </Row>
  );
}

type OpenLinkProps = Pick<Props, "line" | "open" | "isAllTicked"> & { isOpen: boolean };

/** Opens or closes this line, and leaves the others as they are. */
function OpenLink({ line, open, isOpen, isAllTicked }: OpenLinkProps) {
  const t = useT();
  const others = open.filter((other) => !isAmong(other, [line]));
  const next = isOpen ? others : [...others, line];
  return (
    <PageLink
      id={payLineId(line)}
      className="whitespace-nowrap"
      to={payQueuePath(next, isAllTicked, line)}
      preventScrollReset
    >
      {t("payouts.issues", { count: line.count })}
      <span className="sr-only">
        {` — ${t(isOpen ? "payouts.hideIssues" : "payouts.showIssues")}`}
      </span>
      <span aria-hidden="true">{isOpen ? " ▴" : " ▾"}</span>
    </PageLink>
  );
}
