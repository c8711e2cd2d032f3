import { Fragment } from "react";
import { Button } from "~/components/Button";
import { CheckboxRow } from "~/components/CheckboxRow";
import { EmptyState } from "~/components/EmptyState";
import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { PostForm } from "~/components/PostForm";
import { Cell, type Head, Row, TableFrame } from "~/components/Table";
import { lineChoiceText } from "~/domain/choice";
import { daysBetween } from "~/domain/team-date";
import type { OpenLine } from "~/filters/open-line";
import { batchesPath, payLinePath } from "~/http/paths";
import { useRootData } from "~/http/root-data";
import { useFormat, useT } from "~/i18n/context";
import { dateInZone } from "~/domain/team-date";
import type { QueueIssue, QueueLine } from "~/models/pay-queue.server";
import { QueueIssues } from "./QueueIssues";

type Props = {
  lines: readonly QueueLine[];
  issues: readonly QueueIssue[];
  open: OpenLine | null;
  formKey: string;
  viewerId: number;
  now: Date;
};

/**
 * One line per tester and currency. A ticked line is all its issues as shown: its count and total are posted, so that
 * what changed meanwhile is noticed. An opened line has a box for each issue.
 */
export function PayQueue({ lines, issues, open, formKey, viewerId, now }: Props) {
  const t = useT();
  const heads = useHeads();
  const payable = lines.some((line) => line.testerId !== viewerId);
  return (
    <section id="queue" aria-labelledby="queue-title" className="stack">
      <h2 id="queue-title">{t("payouts.queue")}</h2>
      {lines.length === 0 ? (
        <EmptyState title={t("payouts.queueEmpty")}>{t("payouts.queueEmptyHint")}</EmptyState>
      ) : (
        <PostForm action={batchesPath()}>
          <input type="hidden" name="key" value={formKey} />
          <TableFrame caption={t("payouts.queue")} columns={heads}>
            {lines.map((line) => {
              const isOpen = open?.testerId === line.testerId && open.currency === line.currency;
              return (
                <Fragment key={`${line.testerId}:${line.currency}`}>
                  <LineRow
                    line={line}
                    heads={heads}
                    isOpen={isOpen}
                    isOwn={line.testerId === viewerId}
                    now={now}
                  />
                  {isOpen ? (
                    <QueueIssues issues={issues} isOwn={line.testerId === viewerId} heads={heads} />
                  ) : null}
                </Fragment>
              );
            })}
          </TableFrame>
          {payable ? (
            <div className="row mt-3">
              <Button tone="primary" name="intent" value="prepare">
                {t("payouts.paySelected")}
              </Button>
              <p className="meta">{t("payouts.payHint")}</p>
            </div>
          ) : null}
        </PostForm>
      )}
    </section>
  );
}

function useHeads() {
  const t = useT();
  return [
    { label: t("payouts.pick"), labelHidden: true, phone: "check" },
    { label: t("payouts.tester"), phone: "title" },
    { label: t("payouts.issue"), phone: "inline" },
    { label: t("payouts.owed"), numeric: true, phone: "figure" },
    { label: t("payouts.standing"), phone: "line" },
    { label: t("payouts.payAll"), labelHidden: true, phone: "action" },
  ] as const satisfies readonly Head[];
}

type LineProps = {
  line: QueueLine;
  heads: ReturnType<typeof useHeads>;
  isOpen: boolean;
  isOwn: boolean;
  now: Date;
};

function LineRow({ line, heads, isOpen, isOwn, now }: LineProps) {
  const t = useT();
  const format = useFormat();
  const [pick, tester, count, owed, standing, action] = heads;
  const choice = lineChoiceText(line);
  const money = { currency: line.currency, amount: line.total };
  return (
    <Row>
      <Cell of={pick}>
        {isOwn ? null : (
          <CheckboxRow
            name="line"
            value={choice}
            label={t("payouts.pickLine", { name: line.name, currency: line.currency })}
            labelHidden
          />
        )}
      </Cell>
      <Cell of={tester}>{line.name}</Cell>
      <Cell of={count}>
        <PageLink to={payLinePath(isOpen ? null : line)} preventScrollReset>
          {t("payouts.issues", { count: line.count })}
          <span className="sr-only">
            {` — ${t(isOpen ? "payouts.hideIssues" : "payouts.showIssues")}`}
          </span>
          <span aria-hidden="true">{isOpen ? " ▴" : " ▾"}</span>
        </PageLink>
      </Cell>
      <Cell of={owed}>
        <Money money={money} />
      </Cell>
      <Cell of={standing}>
        <LineStanding line={line} now={now} isOwn={isOwn} />
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

function LineStanding({ line, now, isOwn }: { line: QueueLine; now: Date; isOwn: boolean }) {
  const t = useT();
  const format = useFormat();
  const zone = useRootData()?.timeZone ?? "UTC";
  const days = daysBetween(dateInZone(line.oldestApprovedAt, zone), dateInZone(now, zone));
  const parts = [t("payouts.oldest", { age: format.age(days) })];
  const last = line.lastPayment;
  if (!last) parts.push(t("payouts.neverPaid"));
  else {
    const date = format.day(last.paidOn);
    const method = t(`words.method.${last.method}`);
    parts.push(
      last.reference
        ? t("payouts.lastPaidRef", { date, method, reference: last.reference })
        : t("payouts.lastPaid", { date, method }),
    );
  }
  return (
    <span className="meta">
      {parts.join(" · ")}
      {line.payeeMissing ? (
        <strong className="warn">{` · ${t("payouts.payeeMissing")}`}</strong>
      ) : null}
      {line.deactivated ? (
        <strong className="warn">{` · ${t("payouts.deactivated")}`}</strong>
      ) : null}
      {isOwn ? <strong className="warn">{` · ${t("payouts.ownLine")}`}</strong> : null}
    </span>
  );
}
