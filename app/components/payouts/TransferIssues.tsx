import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { batchPath, issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { TransferView } from "~/models/batch-view.server";
import { transferAnchor } from "./TransferRow";

/** The issues that a transfer pays: folded, or a link where the batch is too large to list them all. */
export function TransferIssues({ batchId, transfer }: { batchId: number; transfer: TransferView }) {
  const t = useT();
  const { id, issues, count, currency, testerName } = transfer;
  const label = t("batch.showIssues", { count });
  if (!issues) {
    const to = `${batchPath(batchId, { open: id })}#${transferAnchor(id)}`;
    return (
      <PageLink to={to} className="text-sm">
        {label} <span className="sr-only">{testerName}</span>
      </PageLink>
    );
  }
  return (
    <details className="print:hidden">
      <summary className="text-sm">
        {label} <span className="sr-only">{testerName}</span>
      </summary>
      <ul className="rows">
        {issues.map((issue) => (
          <li key={issue.id} className="row header text-sm">
            <span>
              <PageLink to={issuePath(issue.id)}>{`#${issue.id}`}</PageLink> {issue.title}
            </span>
            <Money money={{ currency, amount: issue.amount }} />
          </li>
        ))}
      </ul>
    </details>
  );
}
