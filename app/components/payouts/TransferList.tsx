import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { DescriptionList } from "~/components/DescriptionList";
import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { PostForm } from "~/components/PostForm";
import { When } from "~/components/When";
import { amountToDecimal } from "~/domain/money";
import { batchPath, issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { BatchView, TransferView } from "~/models/batch-view.server";

/** What to send, tester by tester: everything that the banking app asks for stands as text that can be selected. */
export function TransferList({ batch }: { batch: BatchView }) {
  const t = useT();
  const open = batch.transfers.filter((transfer) => transfer.leftOut === null);
  return (
    <section aria-labelledby="transfers-title" className="stack">
      <h2 id="transfers-title">{t("payouts.transfers")}</h2>
      <div className="cards">
        {batch.transfers.map((transfer) => (
          <Card
            key={transfer.id}
            title={t.rich("payouts.transferTo", {
              name: transfer.testerName,
              amount: <Money money={{ currency: transfer.currency, amount: transfer.total }} />,
            })}
            actions={
              batch.status === "prepared" && transfer.leftOut === null && open.length > 1 ? (
                <LeaveOut batchId={batch.id} transfer={transfer} />
              ) : null
            }
          >
            {transfer.leftOut ? (
              <p className="meta">
                {t.rich("payouts.leftOut", {
                  name: transfer.leftOut.by ?? "—",
                  when: <When value={transfer.leftOut.at} as="dateTime" />,
                })}
              </p>
            ) : (
              <TransferFacts batch={batch} transfer={transfer} />
            )}
            <IssuesOf transfer={transfer} />
          </Card>
        ))}
      </div>
    </section>
  );
}

function TransferFacts({ batch, transfer }: { batch: BatchView; transfer: TransferView }) {
  const t = useT();
  const { payeeName, kaspiPhone, iban, method, reference, paidOn } = transfer;
  const noAccount = kaspiPhone === null && iban === null && batch.status === "prepared";
  return (
    <DescriptionList
      items={[
        [t("payouts.amount"), `${amountToDecimal(transfer.total, ".")} ${transfer.currency}`],
        [t("payouts.payee"), payeeName],
        [t("payouts.kaspiPhone"), kaspiPhone],
        [t("payouts.iban"), iban],
        [t("payouts.account"), noAccount ? t("payouts.noAccount") : null],
        [
          t("payouts.purpose"),
          t("payouts.purposeText", { batch: String(batch.id), count: transfer.count }),
        ],
        [t("payouts.method"), method && t(`words.method.${method}`)],
        [t("payouts.reference"), reference],
        [t("payouts.paidOn"), paidOn && <When value={paidOn} />],
      ]}
    />
  );
}

function LeaveOut({ batchId, transfer }: { batchId: number; transfer: TransferView }) {
  const t = useT();
  return (
    <PostForm action={batchPath(batchId)}>
      <input type="hidden" name="transfer" value={transfer.id} />
      <Button
        name="intent"
        value="leave_out"
        aria-label={t("payouts.leaveOutOf", { name: transfer.testerName })}
      >
        {t("payouts.leaveOut")}
      </Button>
    </PostForm>
  );
}

function IssuesOf({ transfer }: { transfer: TransferView }) {
  const t = useT();
  return (
    <details>
      <summary>{t("payouts.issuesOfTransfer", { count: transfer.count })}</summary>
      <ul className="rows">
        {transfer.issues.map((issue) => (
          <li key={issue.id} className="row header">
            <span>
              <PageLink to={issuePath(issue.id)}>{`#${issue.id}`}</PageLink> {issue.title}
            </span>
            <Money money={{ currency: transfer.currency, amount: issue.amount }} />
          </li>
        ))}
      </ul>
    </details>
  );
}
