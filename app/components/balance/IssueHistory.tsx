import { IssueStatusBadge } from "~/components/IssueStatusBadge";
import { Money } from "~/components/Money";
import { MoneyStanding } from "~/components/MoneyStanding";
import { PageLink } from "~/components/PageLink";
import { SeverityBadge } from "~/components/SeverityBadge";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import { cyclePath, issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { T } from "~/i18n/translator";
import type { HistoryLine } from "~/models/balance-history.server";

type IssueHistoryProps = {
  caption: string;
  lines: readonly HistoryLine[];
  /** On the page of one cycle every line would say the same. */
  cycleHidden?: boolean;
};

type HistoryColumn = Column<HistoryLine>;

/** What the tester filed, each line saying in words where its money stands and since when (DESIGN 4). */
export function IssueHistory({ caption, lines, cycleHidden = false }: IssueHistoryProps) {
  const t = useT();
  const columns = [
    ...(cycleHidden ? [filedColumn(t, "line")] : [filedColumn(t, "tag"), cycleColumn(t)]),
    ...issueColumns(t),
    ...moneyColumns(t),
  ];
  return <Table caption={caption} columns={columns} rows={lines} rowKey={(line) => line.id} />;
}

function filedColumn(t: T, phone: "tag" | "line"): HistoryColumn {
  return {
    label: t("balance.filedOn"),
    phone,
    cell: ({ filedAt }) => <When value={filedAt} />,
  };
}

/** Quiet: it repeats from line to line, and the issue's own link is the one to find. */
function cycleColumn(t: T): HistoryColumn {
  return {
    label: t("balance.cycle"),
    phone: "line",
    cell: ({ cycle }) => (
      <PageLink to={cyclePath(cycle.id)} className="text-muted decoration-line">
        {cycle.name}
      </PageLink>
    ),
  };
}

function issueColumns(t: T): HistoryColumn[] {
  return [
    {
      label: t("balance.severity"),
      phone: "tag",
      cell: ({ severity }) => <SeverityBadge severity={severity} />,
    },
    { label: t("balance.issue"), phone: "title", cell: (line) => <TitleAndStanding line={line} /> },
    {
      label: t("balance.status"),
      phone: "tag",
      cell: ({ status }) => <IssueStatusBadge status={status} />,
    },
  ];
}

function moneyColumns(t: T): HistoryColumn[] {
  return [
    {
      label: t("balance.amount"),
      phone: "figure",
      numeric: true,
      cell: (line) => <Amount line={line} />,
    },
    // On a phone the sentence says both.
    {
      label: t("balance.paidOn"),
      phone: "hidden",
      cell: ({ paidOn }) => (paidOn ? <When value={paidOn} /> : null),
    },
    {
      label: t("balance.method"),
      phone: "hidden",
      cell: ({ method }) => (method ? t(`words.method.${method}`) : null),
    },
  ];
}

/** A long note is cut here and whole on the issue's page; on paper the sentence is as small as the table. */
const SENTENCE = "meta line-clamp-6 print:[font:inherit]";

function TitleAndStanding({ line: { id, title, standing } }: { line: HistoryLine }) {
  return (
    <>
      <PageLink to={issuePath(id)}>{`#${id} ${title}`}</PageLink>
      <div className={standing.kind === "paid" ? `${SENTENCE} text-success` : SENTENCE}>
        <MoneyStanding standing={standing} />
      </div>
    </>
  );
}

/** Suggested amounts are marked; what was committed and then cancelled is struck out. */
function Amount({ line: { amount, payoutStatus, standing } }: { line: HistoryLine }) {
  if (!amount) return null;
  const money = <Money money={amount} approximate={payoutStatus === "pending"} />;
  const isCancelled = standing.kind === "voided" || standing.kind === "voided_after_reversal";
  return isCancelled ? <s>{money}</s> : money;
}
