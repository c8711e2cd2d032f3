import { ErrorSummary } from "~/components/ErrorSummary";
import { Money } from "~/components/Money";
import { Notice } from "~/components/Notice";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import type { RowOutcome } from "~/domain/bulk-decision";
import { amountField } from "~/domain/review-choice";
import { batchPath, issuePath } from "~/http/paths";
import type { ReviewAnswer } from "~/http/review-post.server";
import { useT } from "~/i18n/context";

/** Why a post was not carried out: mistakes to mend, and line by line what the page showed and what is now. */
export function ReviewProblems({ answer }: { answer: ReviewAnswer | undefined }) {
  const t = useT();
  if (!answer) return null;
  const { text, errors, changes, kept } = answer;
  const amounts = kept.picked.map((id) => [
    amountField(id),
    t("review.amountFor", { id: String(id) }),
  ]);
  const labels = {
    ...(Object.fromEntries(amounts) as Record<string, string>),
    reason: t("issues.card.reason"),
    duplicateOf: t("triage.duplicateOf"),
    note: t("issues.card.note"),
  };
  return (
    <>
      <ErrorSummary errors={errors} labels={labels} />
      {text ? (
        <Notice tone="error">
          <p>{text}</p>
          {changes.length > 0 ? <p>{t("review.changedLead")}</p> : null}
        </Notice>
      ) : null}
      {changes.length > 0 ? <OutcomeTable outcomes={changes} /> : null}
    </>
  );
}

/** Of each issue that was not decided: what was shown, what is, and why. */
export function OutcomeTable({ outcomes }: { outcomes: readonly RowOutcome[] }) {
  const t = useT();
  const amount = (money: RowOutcome["actual"]) => (money ? <Money money={money} /> : "—");
  const columns: Column<RowOutcome>[] = [
    {
      label: t("payouts.issue"),
      phone: "title",
      cell: ({ issueId, title }) => (
        <>
          <PageLink to={issuePath(issueId)}>{`#${issueId}`}</PageLink> {title}
        </>
      ),
    },
    { label: t("review.was"), numeric: true, cell: ({ expected }) => amount(expected) },
    { label: t("review.now"), numeric: true, cell: ({ actual }) => amount(actual) },
    { label: t("review.why"), cell: (outcome) => <Why outcome={outcome} /> },
  ];
  return (
    <Table
      caption={t("review.changed")}
      captionShown
      columns={columns}
      rows={outcomes}
      rowKey={(outcome) => outcome.issueId}
    />
  );
}

function Why({ outcome: { outcome, by, payoutStatus, batchId } }: { outcome: RowOutcome }) {
  const t = useT();
  if (outcome === "decided") return null;
  if (outcome === "in_batch") {
    const text = t("review.problem.in_batch", { batch: String(batchId) });
    return batchId === null ? text : <PageLink to={batchPath(batchId)}>{text}</PageLink>;
  }
  if (outcome === "decided_before" && by !== null && payoutStatus !== null) {
    const payout = t(`words.payout.${payoutStatus}`).toLowerCase();
    return t("review.problem.decidedBy", { name: by, payout });
  }
  if (outcome === "stale" && by !== null) return t("review.problem.staleBy", { name: by });
  return t(`review.problem.${outcome}`);
}
