import { MoneyList } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import { userPath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { ListedUser } from "~/models/user-list.server";

export function PeopleTable({ users }: { users: readonly ListedUser[] }) {
  const t = useT();
  const { number } = useFormat();
  const columns: Column<ListedUser>[] = [
    {
      ...{ label: t("people.col.name"), phone: "title" },
      cell: ({ id, name }) => <PageLink to={userPath(id)}>{name}</PageLink>,
    },
    { label: t("people.col.email"), phone: "line", cell: ({ email }) => <Email email={email} /> },
    {
      ...{ label: t("people.col.role"), phone: "inline" },
      cell: ({ role, state }) => <Standing role={role} state={state} />,
    },
    {
      ...{ label: t("people.col.reports"), phone: "fact", numeric: true },
      cell: ({ reports }) => number(reports),
    },
    {
      ...{ label: t("people.col.paid"), phone: "figure", numeric: true },
      cell: ({ paid }) => <MoneyList list={paid} />,
    },
  ];
  return (
    <Table caption={t("people.title")} columns={columns} rows={users} rowKey={(user) => user.id} />
  );
}

/** Breaks after the @ rather than anywhere else. */
function Email({ email }: { email: string }) {
  const [mailbox, domain] = email.split("@", 2);
  return (
    <span>
      {mailbox}@<wbr />
      {domain}
    </span>
  );
}

function Standing({ role, state }: Pick<ListedUser, "role" | "state">) {
  const t = useT();
  const label = t(`people.role.${role}`);
  return state === "active" ? label : `${label} · ${t(`people.state.${state}`)}`;
}
