import { Button, ButtonLink } from "~/components/Button";
import { Card } from "~/components/Card";
import { Money } from "~/components/Money";
import { Notice } from "~/components/Notice";
import { PageHeader } from "~/components/PageHeader";
import { PageLink } from "~/components/PageLink";
import { PostForm } from "~/components/PostForm";
import { type Column, Table } from "~/components/Table";
import { choiceText, lineChoiceText } from "~/domain/choice";
import { amountToDecimal } from "~/domain/money";
import type { ChoiceChange, LineChange } from "~/domain/refusal";
import { batchesPath, batchPath, issuePath, payLinePath, payoutsPath } from "~/http/paths";
import type { PrepareRefusal } from "~/http/prepare-post.server";
import { useT } from "~/i18n/context";

/** Says line by line what the page showed and what is, and keeps what is still valid (DESIGN 5). */
export function PrepareRefused({ refused: { text, changed } }: { refused: PrepareRefusal }) {
  const t = useT();
  const isChanged = (changed?.changes.length ?? 0) + (changed?.lineChanges.length ?? 0) > 0;
  return (
    <>
      <PageHeader
        title={isChanged ? t("payouts.changedTitle") : t("payouts.title")}
        back={{ to: payoutsPath(), label: t("payouts.title") }}
      />
      <Notice tone="error">
        <p>{text}</p>
        {isChanged ? <p>{t("payouts.changedLead")}</p> : null}
      </Notice>
      {changed && changed.lineChanges.length > 0 ? (
        <LineChanges changes={changed.lineChanges} />
      ) : null}
      {changed && changed.changes.length > 0 ? <IssueChanges changes={changed.changes} /> : null}
      {changed ? <StillValid again={changed.again} /> : null}
      <p>
        <ButtonLink to={payoutsPath()}>{t("payouts.backToQueue")}</ButtonLink>
      </p>
    </>
  );
}

function LineChanges({ changes }: { changes: readonly LineChange[] }) {
  const t = useT();
  const sum = (line: LineChange, { count, total }: LineChange["actual"]) =>
    t.rich("payouts.lineSum", {
      amount: <Money money={{ currency: line.currency, amount: total }} />,
      issues: t("payouts.issues", { count }),
    });
  const columns: Column<LineChange>[] = [
    {
      label: t("payouts.tester"),
      phone: "title",
      cell: (line) => (
        <PageLink to={payLinePath(line)}>{line.name ?? `#${line.testerId}`}</PageLink>
      ),
    },
    { label: t("payouts.wasShown"), cell: (line) => sum(line, line.expected) },
    { label: t("payouts.isNow"), cell: (line) => sum(line, line.actual) },
  ];
  return (
    <Table
      caption={t("payouts.changed")}
      columns={columns}
      rows={changes}
      rowKey={(line) => `${line.testerId}:${line.currency}`}
    />
  );
}

function IssueChanges({ changes }: { changes: readonly ChoiceChange[] }) {
  const t = useT();
  const columns: Column<ChoiceChange>[] = [
    {
      label: t("payouts.issue"),
      phone: "title",
      cell: ({ issueId, title }) => (
        <>
          <PageLink to={issuePath(issueId)}>{`#${issueId}`}</PageLink> {title}
        </>
      ),
    },
    {
      label: t("payouts.wasShown"),
      cell: ({ expected, currency }) =>
        currency === null ? (
          amountToDecimal(expected, ".")
        ) : (
          <Money money={{ currency, amount: expected }} />
        ),
    },
    { label: t("payouts.isNow"), cell: ({ actual }) => (actual ? <Money money={actual} /> : "—") },
    {
      label: t("payouts.changed"),
      cell: ({ because, batchId }) =>
        because === "in_batch" && batchId !== null ? (
          <PageLink to={batchPath(batchId)}>
            {t("payouts.because.in_batch", { batch: String(batchId) })}
          </PageLink>
        ) : because === "in_batch" ? null : (
          t(`payouts.because.${because}`)
        ),
    },
  ];
  return (
    <Table
      caption={t("payouts.changed")}
      columns={columns}
      rows={changes}
      rowKey={(change) => change.issueId}
    />
  );
}

function StillValid({ again }: { again: NonNullable<PrepareRefusal["changed"]>["again"] }) {
  const t = useT();
  if (again.lines.length + again.choices.length === 0) return null;
  const issues = again.lines.reduce((sum, line) => sum + line.count, 0) + again.choices.length;
  return (
    <Card title={t("payouts.stillValid")}>
      <PostForm action={batchesPath()}>
        <input type="hidden" name="key" value={again.key} />
        {again.lines.map((line) => (
          <input
            key={lineChoiceText(line)}
            type="hidden"
            name="line"
            value={lineChoiceText(line)}
          />
        ))}
        {again.choices.map((choice) => (
          <input key={choice.issueId} type="hidden" name="choice" value={choiceText(choice)} />
        ))}
        <div className="row">
          <span>{t("payouts.issues", { count: issues })}</span>
          <Button tone="primary" name="intent" value="prepare">
            {t("payouts.prepareRest")}
          </Button>
        </div>
      </PostForm>
    </Card>
  );
}
