import type { ReactNode } from "react";
import { Money } from "~/components/Money";
import { useT } from "~/i18n/context";
import type { TransferView } from "~/models/batch-view.server";

/** Where the page of a batch shows this transfer. */
export const transferAnchor = (id: number) => `transfer-${id}`;

type TransferRowProps = {
  transfer: TransferView;
  /** Beneath name and amount. */
  about?: ReactNode;
  facts: ReactNode;
  /** What there is to do about it. */
  side: ReactNode;
  /** Across the whole row. */
  children?: ReactNode;
};

/** One transfer of a batch: one row on a laptop and on paper, a card on a phone. */
export function TransferRow({ transfer, about, facts, side, children }: TransferRowProps) {
  const { id, currency, total, testerName, standing } = transfer;
  const t = useT();
  const money = { currency, amount: total };
  const changed = standing !== null && standing.net.amount !== total;
  return (
    <li id={transferAnchor(id)} className="transfer">
      <div className="transfer-who">
        <h3>{testerName}</h3>
        <p className="transfer-sum">
          {changed ? <s>{<Money money={money} />}</s> : <Money money={money} />}
        </p>
        {changed ? (
          <p className="warn">
            {t.rich("batch.nowOf", { amount: <Money money={standing.net} /> })}
          </p>
        ) : null}
        {about}
      </div>
      <div className="transfer-facts">{facts}</div>
      <div className="transfer-side">{side}</div>
      {children ? <div className="transfer-more">{children}</div> : null}
    </li>
  );
}
