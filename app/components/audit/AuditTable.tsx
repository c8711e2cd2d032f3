import type { ReactNode } from "react";
import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { money } from "~/domain/money";
import { type AuditFilter, auditFilterQuery } from "~/filters/audit-filter";
import { auditPath, batchPath, issuePath, userPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { AuditLine } from "~/models/audit-list.server";
import { detailText } from "./detail-text";

type Props = { lines: readonly AuditLine[]; filter: AuditFilter };

export function AuditTable({ lines, filter }: Props) {
  const t = useT();
  const columns: Column<AuditLine>[] = [
    {
      ...{ label: t("audit.col.what"), phone: "title" },
      cell: ({ what }) => t(`audit.what.${what}`),
    },
    {
      ...{ label: t("audit.col.when"), phone: "inline" },
      cell: ({ at }) => <When value={at} as="dateTime" />,
    },
    {
      ...{ label: t("audit.col.who"), phone: "inline" },
      cell: ({ actorId, actor }) =>
        actorId === null ? (
          t("audit.nobody")
        ) : (
          <PageLink to={auditPath({ ...auditFilterQuery(filter), person: actorId })}>
            {actor}
          </PageLink>
        ),
    },
    { label: t("audit.col.about"), phone: "line", cell: (line) => <About line={line} /> },
    {
      ...{ label: t("audit.col.address"), phone: "inline" },
      cell: ({ address }) => address,
    },
  ];
  return (
    <Table
      caption={t("audit.title")}
      columns={columns}
      rows={lines}
      rowKey={({ source, id }) => `${source}-${id}`}
    />
  );
}

/** To whom or what it was done, for how much, and why. */
function About({ line }: { line: AuditLine }) {
  const t = useT();
  const { issueId, batchId, subjectId, subject, amount, currency, note } = line;
  const reason = reasonOf(line);
  const parts: ReactNode[] = [
    subjectId !== null && <PageLink to={userPath(subjectId)}>{subject}</PageLink>,
    issueId !== null && (
      <PageLink to={issuePath(issueId)}>{t("audit.issue", { id: String(issueId) })}</PageLink>
    ),
    batchId !== null && (
      <PageLink to={batchPath(batchId)}>{t("audit.batch", { id: String(batchId) })}</PageLink>
    ),
    amount !== null && currency !== null && <Money money={money(currency, BigInt(amount))} />,
    reason && t(`words.reason.${reason}`),
    note,
    detailText(line, t),
  ].filter(Boolean);
  return (
    <span className="row">
      {parts.map((part, index) => (
        <span key={index} className={index > 0 ? "meta" : undefined}>
          {part}
        </span>
      ))}
    </span>
  );
}

/** Why a payout was rejected: one of four. */
function reasonOf({ what, detail }: AuditLine) {
  return what === "rejected" ? NEGATIVE_CLOSINGS.find((one) => one === detail?.reason) : undefined;
}
