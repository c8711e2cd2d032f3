import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field } from "~/components/Field";
import { MoneyList } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { PostForm } from "~/components/PostForm";
import { type Column, Table } from "~/components/Table";
import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import { adminCyclePath, issuesPath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { CycleTesterLine } from "~/models/cycle-testers.server";

type Props = {
  cycleId: number;
  testers: readonly CycleTesterLine[];
  answer: { errors: FieldErrors; values: FieldValues } | undefined;
};

export function CycleTesters({ cycleId, testers, answer }: Props) {
  const t = useT();
  const action = adminCyclePath(cycleId, { part: "testers" });
  const columns = useColumns(cycleId, action);
  return (
    <>
      <ErrorSummary errors={answer?.errors} labels={{ email: t("cycles.testers.email") }} />
      <Card title={t("cycles.testers.add")}>
        <PostForm action={action} className="flex flex-wrap items-end gap-2">
          <div className="flex-1 min-w-48 max-w-96">
            <Field
              name="email"
              type="email"
              label={t("cycles.testers.email")}
              autoComplete="off"
              defaultValue={answer?.values.email}
              error={answer?.errors.email}
            />
          </div>
          <Button name="intent" value="addTester">
            {t("cycles.testers.add")}
          </Button>
        </PostForm>
      </Card>
      <div className="card">
        {testers.length === 0 ? (
          <p className="meta">{t("cycles.testers.none")}</p>
        ) : (
          <Table
            caption={t("cycles.testers")}
            columns={columns}
            rows={testers}
            rowKey={({ id }) => id}
          />
        )}
        <p className="hint mt-3">{t("cycles.testers.removal")}</p>
      </div>
    </>
  );
}

function useColumns(cycleId: number, action: string): readonly Column<CycleTesterLine>[] {
  const t = useT();
  const { number } = useFormat();
  const list = (tester: number, payoutStatus?: string) =>
    issuesPath({ cycle: cycleId, tester, payoutStatus });
  return [
    {
      label: t("cycles.testers.name"),
      phone: "title",
      cell: ({ id, name, isIn }) => (
        <>
          <PageLink to={list(id)}>{name}</PageLink>
          {isIn ? null : <span className="meta"> {`(${t("cycles.testers.left")})`}</span>}
        </>
      ),
    },
    {
      label: t("cycles.testers.filed"),
      phone: "fact",
      numeric: true,
      cell: ({ filed }) => number(filed),
    },
    {
      label: t("cycles.testers.accepted"),
      phone: "fact",
      numeric: true,
      cell: ({ accepted }) => number(accepted),
    },
    {
      label: t("cycles.testers.unpaid"),
      numeric: true,
      cell: ({ id, unpaid }) => (
        <PageLink to={list(id, "approved")}>
          <MoneyList list={unpaid} />
        </PageLink>
      ),
    },
    {
      label: t("cycles.testers.paid"),
      numeric: true,
      cell: ({ id, paid }) => (
        <PageLink to={list(id, "paid")}>
          <MoneyList list={paid} />
        </PageLink>
      ),
    },
    {
      label: t("cycles.testers.remove"),
      labelHidden: true,
      phone: "action",
      cell: ({ id, name, isIn }) =>
        isIn ? (
          <PostForm action={action}>
            <input type="hidden" name="testerId" value={id} />
            <Button
              name="intent"
              value="removeTester"
              aria-label={t("cycles.testers.removeOf", { name })}
            >
              {t("cycles.testers.remove")}
            </Button>
          </PostForm>
        ) : null,
    },
  ];
}
