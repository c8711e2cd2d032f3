import { MoneyList } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import { adminCyclePath, issuesPath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { CycleLine } from "~/models/cycle-list.server";

/** Every figure leads to the issues that it counts. */
export function CycleLines({ cycles }: { cycles: readonly CycleLine[] }) {
  const t = useT();
  const { number } = useFormat();
  const columns: readonly Column<CycleLine>[] = [
    {
      label: t("cycles.name"),
      phone: "title",
      cell: ({ id, name }) => <PageLink to={adminCyclePath(id)}>{name}</PageLink>,
    },
    { label: t("cycles.status"), phone: "tag", cell: ({ status }) => t(`words.cycle.${status}`) },
    {
      label: t("cycles.testers"),
      phone: "fact",
      numeric: true,
      cell: ({ id, testers }) => (
        <PageLink to={adminCyclePath(id, { part: "testers" })}>{number(testers)}</PageLink>
      ),
    },
    {
      label: t("cycles.pending"),
      phone: "fact",
      numeric: true,
      cell: ({ id, pending }) => (
        <PageLink to={issuesPath({ cycle: id, payoutStatus: "pending" })}>
          {number(pending)}
        </PageLink>
      ),
    },
    {
      label: t("cycles.committed"),
      phone: "figure",
      numeric: true,
      cell: ({ id, unpaid }) => (
        <PageLink to={issuesPath({ cycle: id, payoutStatus: "approved" })}>
          <MoneyList list={unpaid} />
        </PageLink>
      ),
    },
  ];
  return (
    <div className="card">
      <Table caption={t("cycles.title")} columns={columns} rows={cycles} rowKey={({ id }) => id} />
    </div>
  );
}
