import { MoneyList } from "~/components/Money";
import { When } from "~/components/When";
import { isVoid } from "~/domain/take-back";
import { useFormat, useT } from "~/i18n/context";
import type { BatchAct } from "~/models/batch-history.server";
import type { BatchView } from "~/models/batch-view.server";

type Props = { batch: BatchView; acts: readonly BatchAct[] };

/** Everything that happened to the batch, oldest first, by whom and when. */
export function BatchHistory({ batch, acts }: Props) {
  const t = useT();
  const sentence = useSentence();
  const { status, closedAt, closedBy } = batch;
  // What is corrected or taken back was confirmed first, also where a test or an import gives both one instant.
  const isEarly = (act: BatchAct) => act.kind === "left_out";
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">{t("batch.history")}</h2>
      <ol className="rows">
        <li>
          {t.rich("batch.history.prepared", {
            name: batch.preparedBy ?? t("payouts.byImport"),
            date: <When value={batch.preparedAt} as="dateTime" />,
            amount: <MoneyList list={batch.totals} />,
          })}
        </li>
        {acts.filter(isEarly).map((act, index) => (
          <li key={index}>{sentence(act)}</li>
        ))}
        {status !== "prepared" && closedAt ? (
          <li>
            {t.rich(`batch.history.${status}`, {
              name: closedBy ?? t("payouts.byImport"),
              date: <When value={closedAt} as="dateTime" />,
            })}
          </li>
        ) : null}
        {acts
          .filter((act) => !isEarly(act))
          .map((act, index) => (
            <li key={index}>{sentence(act)}</li>
          ))}
      </ol>
    </section>
  );
}

function useSentence() {
  const t = useT();
  const { money } = useFormat();
  const changes = useChanges();
  return (act: BatchAct) => {
    const said = {
      name: act.by ?? t("payouts.byImport"),
      tester: act.testerName,
      date: <When value={act.at} as="dateTime" />,
    };
    switch (act.kind) {
      case "left_out":
        return t.rich("batch.history.left_out", said);
      case "corrected":
        return t.rich("batch.history.corrected", {
          ...said,
          changes: changes(act),
          reason: act.reason,
        });
      case "taken_back":
        return t.rich(isVoid(act.how) ? "batch.history.void" : "batch.history.taken_back", {
          ...said,
          amount: money(act.money),
          count: act.issues,
          how: t(`batch.how.${act.how}`).toLowerCase(),
          reason: act.reason,
        });
    }
  };
}

function useChanges() {
  const t = useT();
  const { date } = useFormat();
  return ({ from, to }: Extract<BatchAct, { kind: "corrected" }>): string => {
    const none = t("app.none");
    const reference = { from: from.reference ?? none, to: to.reference ?? none };
    const paidOn = { from: date(from.paidOn), to: date(to.paidOn) };
    return [
      from.reference === to.reference ? [] : t("batch.history.reference", reference),
      from.paidOn === to.paidOn ? [] : t("batch.history.paidOn", paidOn),
    ]
      .flat()
      .join(", ");
  };
}
