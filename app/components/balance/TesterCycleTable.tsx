import { MoneyList } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import { cyclePath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { ListedCycle } from "~/models/tester-cycle.server";

/** The cycles a tester is in, with what each has brought so far. */
export function TesterCycleTable({ cycles }: { cycles: readonly ListedCycle[] }) {
  const t = useT();
  const { number } = useFormat();
  const columns: readonly Column<ListedCycle>[] = [
    {
      label: t("balance.cycle"),
      phone: "title",
      cell: ({ id, name }) => <PageLink to={cyclePath(id)}>{name}</PageLink>,
    },
    { label: t("balance.status"), phone: "tag", cell: ({ status }) => t(`words.cycle.${status}`) },
    {
      label: t("balance.issues"),
      phone: "fact",
      numeric: true,
      cell: ({ figures }) => number(figures?.issues ?? 0),
    },
    {
      label: t("balance.paid"),
      phone: "fact",
      numeric: true,
      cell: ({ figures }) => number(figures?.paid ?? 0),
    },
    {
      label: t("balance.earnedIn"),
      phone: "figure",
      numeric: true,
      cell: ({ figures }) => (figures ? <MoneyList list={figures.earned} /> : null),
    },
  ];
  return (
    <div className="card">
      <Table
        caption={t("balance.cycles")}
        columns={columns}
        rows={cycles}
        rowKey={(cycle) => cycle.id}
      />
    </div>
  );
}
