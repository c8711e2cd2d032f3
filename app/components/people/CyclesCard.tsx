import { Card } from "~/components/Card";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import { adminCyclePath } from "~/http/paths";
import type { PersonAnswer } from "~/http/person-answer";
import { refusedAs } from "~/http/person-answer";
import { useFormat, useT } from "~/i18n/context";
import type { AssignedCycle, UserProfile } from "~/models/user-profile.server";
import { AddToCycle } from "./AddToCycle";

type Props = { person: UserProfile; isAdding: boolean; answer: PersonAnswer | undefined };

/** In which cycles they may file reports. */
export function CyclesCard({ person, isAdding, answer }: Props) {
  const t = useT();
  const { number } = useFormat();
  const columns: Column<AssignedCycle>[] = [
    {
      ...{ label: t("people.cycles.col.cycle"), phone: "title" },
      cell: ({ id, name }) => <PageLink to={adminCyclePath(id)}>{name}</PageLink>,
    },
    {
      ...{ label: t("people.cycles.col.status"), phone: "inline" },
      cell: ({ status }) => t(`words.cycle.${status}`),
    },
    {
      ...{ label: t("people.cycles.col.reports"), phone: "fact", numeric: true },
      cell: ({ reports }) => number(reports),
    },
    {
      ...{ label: t("people.cycles.col.since"), phone: "figure", numeric: true },
      cell: ({ addedAt }) => <When value={addedAt} as="date" />,
    },
  ];
  return (
    <Card
      title={t("people.cycles.title")}
      actions={
        <AddToCycle person={person} isOpen={isAdding} refused={refusedAs(answer, "addToCycle")} />
      }
    >
      {person.cycles.length === 0 ? (
        <p className="meta">{t("people.cycles.none")}</p>
      ) : (
        <Table
          caption={t("people.cycles.title")}
          columns={columns}
          rows={person.cycles}
          rowKey={(cycle) => cycle.id}
        />
      )}
    </Card>
  );
}
