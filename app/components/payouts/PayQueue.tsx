import { Fragment } from "react";
import { EmptyState } from "~/components/EmptyState";
import { PostForm } from "~/components/PostForm";
import { type Head, TableFrame } from "~/components/Table";
import { isAmong, type OpenLine } from "~/filters/open-line";
import { batchesPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { QueueLine } from "~/models/pay-queue.server";
import type { QueueIssue } from "~/models/queue-issues.server";
import { PayBar } from "./PayBar";
import { QueueIssues } from "./QueueIssues";
import { QueueRow } from "./QueueRow";

type Props = {
  lines: readonly QueueLine[];
  /** Of the opened lines. */
  issues: readonly QueueIssue[];
  open: readonly OpenLine[];
  isAllTicked: boolean;
  formKey: string;
  viewerId: number;
  now: Date;
};

/**
 * One line per tester and currency. A ticked line is all its issues as shown: its count and total are posted, so that
 * what changed meanwhile is noticed. An opened line has a box for each issue.
 */
export function PayQueue(props: Props) {
  const t = useT();
  return (
    <section id="queue" aria-labelledby="queue-title" className="stack">
      <h2 id="queue-title">{t("payouts.queue")}</h2>
      {props.lines.length === 0 ? (
        <EmptyState title={t("payouts.queueEmpty")}>{t("payouts.queueEmptyHint")}</EmptyState>
      ) : (
        // Boxes keep what was ticked: everything ticked, and nothing, are forms of their own.
        <QueueForm key={String(props.isAllTicked)} {...props} />
      )}
    </section>
  );
}

function QueueForm({ lines, issues, open, isAllTicked, formKey, viewerId, now }: Props) {
  const t = useT();
  const heads = useHeads();
  const payable = lines.some((line) => line.testerId !== viewerId);
  return (
    <PostForm action={batchesPath()}>
      <input type="hidden" name="key" value={formKey} />
      <TableFrame caption={t("payouts.queue")} columns={heads}>
        {lines.map((line) => {
          const row = { line, heads, open, isAllTicked, isOwn: line.testerId === viewerId };
          return (
            <Fragment key={`${line.testerId}:${line.currency}`}>
              <QueueRow {...row} now={now} />
              {isAmong(line, open) ? (
                <QueueIssues {...row} issues={issues.filter((issue) => isAmong(issue, [line]))} />
              ) : null}
            </Fragment>
          );
        })}
      </TableFrame>
      {payable ? (
        <>
          <PayBar open={open} issues={issues} />
          <p className="meta">{t("payouts.payHint")}</p>
        </>
      ) : null}
    </PostForm>
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

/** pick, tester, count, owed, standing, action. */
export type QueueHeads = ReturnType<typeof useHeads>;
