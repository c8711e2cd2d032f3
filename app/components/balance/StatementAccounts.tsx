import type { ReactNode } from "react";
import { Card } from "~/components/Card";
import { Money } from "~/components/Money";
import { paidHow } from "~/components/money-standing-text";
import { Notice } from "~/components/Notice";
import { PageLink } from "~/components/PageLink";
import { Cell, type Head, Row, TableFrame } from "~/components/Table";
import { When } from "~/components/When";
import type { Currency, Money as MoneyValue } from "~/domain/money";
import type { StatementPeriod } from "~/filters/statement-period";
import { issuePath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { Statement, StatementAccount, StatementLine } from "~/models/statement.server";

type StatementAccountsProps = { statement: Statement; period: StatementPeriod };

/** One account per currency: what was received before, each payment and reversal, and what that makes. */
export function StatementAccounts({ statement, period }: StatementAccountsProps) {
  const t = useT();
  const { date } = useFormat();
  const { accounts, tooLong } = statement;
  if (accounts.length === 0) {
    return <p>{t("balance.statement.none", { date: date(period.to) })}</p>;
  }
  return (
    <>
      {tooLong ? (
        <Notice tone="warning">{t("balance.statement.tooLong", { count: tooLong.most })}</Notice>
      ) : null}
      {accounts.map((account) => (
        <Account key={account.currency} account={account} period={period} />
      ))}
    </>
  );
}

type Columns = Readonly<Record<"date" | "what" | "how" | "amount", Head>>;

function useColumns(): Columns {
  const t = useT();
  return {
    date: { label: t("balance.statement.date"), phone: "tag" },
    what: { label: t("balance.statement.what"), phone: "title" },
    how: { label: t("balance.statement.how"), phone: "line" },
    amount: { label: t("balance.statement.amount"), numeric: true, phone: "figure" },
  };
}

type AccountProps = { account: StatementAccount; period: StatementPeriod };

function Account({ account, period }: AccountProps) {
  const t = useT();
  const { date } = useFormat();
  const columns = useColumns();
  const { currency, opening, closing, lines } = account;
  const title = t("balance.statement.account", { currency });
  return (
    <Card title={title}>
      <TableFrame caption={title} columns={Object.values(columns)}>
        <Sum of={columns} money={opening}>
          {t("balance.statement.opening", { date: date(period.from) })}
        </Sum>
        {lines.map((line) => (
          <Line key={line.id} of={columns} line={line} currency={currency} />
        ))}
        <Sum of={columns} money={closing}>
          {t("balance.statement.closing", { date: date(period.to) })}
        </Sum>
      </TableFrame>
    </Card>
  );
}

type SumProps = { of: Columns; money: MoneyValue; children: ReactNode };

function Sum({ of, money, children }: SumProps) {
  return (
    <Row>
      <Cell of={of.date} />
      <Cell of={of.what}>
        <strong>{children}</strong>
      </Cell>
      <Cell of={of.how} />
      <Cell of={of.amount}>
        <strong>
          <Money money={money} />
        </strong>
      </Cell>
    </Row>
  );
}

type LineProps = { of: Columns; line: StatementLine; currency: Currency };

function Line({ of, line, currency }: LineProps) {
  const t = useT();
  const { issueId, issueTitle, cycleName, reversalKind, amount } = line;
  return (
    <Row>
      <Cell of={of.date}>
        <When value={line.date} />
      </Cell>
      <Cell of={of.what}>
        <PageLink to={issuePath(issueId)}>
          #{issueId} {issueTitle}
        </PageLink>
        <div className="meta print:[font:inherit]">
          {cycleName}
          {reversalKind
            ? ` · ${t("balance.statement.reversal", { kind: t(`issues.reversal.${reversalKind}`) })}`
            : null}
        </div>
      </Cell>
      <Cell of={of.how}>{paidHow(line, t)}</Cell>
      <Cell of={of.amount}>
        <Money money={{ currency, amount }} />
      </Cell>
    </Row>
  );
}
