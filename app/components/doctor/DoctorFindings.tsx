import { type Column, Table } from "~/components/Table";
import type { Examined } from "~/domain/doctor-check";
import { useT } from "~/i18n/context";

/** The rules that do not hold, how many things break each, and the first of them. */
export function DoctorFindings({ findings }: { findings: readonly Examined[] }) {
  const t = useT();
  const columns: Column<Examined>[] = [
    {
      label: t("doctor.rule"),
      phone: "title",
      cell: ({ check }) => t(`doctor.check.${check}`),
    },
    {
      label: t("doctor.examples"),
      phone: "line",
      cell: ({ examples }) => <span className="wrap-anywhere">{examples.join(", ")}</span>,
    },
    {
      label: t("doctor.offenders"),
      numeric: true,
      phone: "fact",
      cell: ({ offenders }) => offenders,
    },
  ];
  return (
    <Table
      caption={t("doctor.title")}
      columns={columns}
      rows={findings}
      rowKey={({ check }) => check}
    />
  );
}
