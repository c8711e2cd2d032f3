import { MoneyList } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import type { BalanceCycle } from "~/domain/balance";
import { cyclePath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";

/** What each cycle brought: name · Issues 18 · Approved 12 · Paid 8 · Earned ₸ 75,000 (DESIGN 4). */
export function CycleTable({ cycles }: { cycles: readonly BalanceCycle[] }) {
  const t = useT();
  const { number } = useFormat();
  const columns: readonly Column<BalanceCycle>[] = [
    {
      label: t("balance.cycle"),
      phone: "title",
      cell: ({ id, name }) => <PageLink to={cyclePath(id)}>{name}</PageLink>,
    },
    {
      label: t("balance.issues"),
      phone: "fact",
      numeric: true,
      cell: ({ issues }) => number(issues),
    },
    {
      label: t("balance.approved"),
      phone: "fact",
      numeric: true,
      cell: ({ approved }) => number(approved),
    },
    { label: t("balance.paid"), phone: "fact", numeric: true, cell: ({ paid }) => number(paid) },
    {
      label: t("balance.earnedIn"),
      phone: "figure",
      numeric: true,
      cell: ({ earned }) => <MoneyList list={earned} />,
    },
  ];
  return (
    // The figures stay near the names they belong to.
    <div className="max-w-240">
      <Table
        caption={t("balance.byCycle")}
        columns={columns}
        rows={cycles}
        rowKey={(cycle) => cycle.id}
      />
    </div>
  );
}
