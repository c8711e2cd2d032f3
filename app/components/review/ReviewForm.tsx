import { useRef } from "react";
import { Button } from "~/components/Button";
import { PostForm } from "~/components/PostForm";
import { Table } from "~/components/Table";
import { type ReviewFilter, reviewFilterQuery } from "~/filters/review-filter";
import { reviewPath } from "~/http/paths";
import type { ReviewAnswer } from "~/http/review-post.server";
import { useFormat, useT } from "~/i18n/context";
import type { ReviewIssue } from "~/models/review.server";
import { RejectPanel } from "./RejectPanel";
import { isPickable, useReviewColumns } from "./review-columns";
import { SelectAll } from "./SelectAll";
import { type Ticked, useTicked } from "./use-ticked";

type Props = {
  issues: readonly ReviewIssue[];
  filter: ReviewFilter;
  viewerId: number;
  /** The one-time key of this form; a refused one goes on with its own. */
  formKey: string;
  allTicked: boolean;
  answer: ReviewAnswer | undefined;
  /** The page to come back to, when it is not the list itself. */
  from?: "payouts";
};

/** The rows with their boxes, and the buttons that decide what is ticked. After a success it begins anew. */
export function ReviewForm({ formKey, ...props }: Props) {
  const key = props.answer?.kept.key ?? formKey;
  return <KeyedForm key={key} formKey={key} {...props} />;
}

function KeyedForm({ issues, filter, viewerId, formKey, allTicked, answer, from }: Props) {
  const t = useT();
  const columns = useReviewColumns({ filter, viewerId, allTicked, answer });
  const top = useRef<HTMLDivElement>(null);
  const { ticked, tickAll } = useTicked(top);
  const pickable = issues.filter((issue) => isPickable(issue, viewerId)).length;
  return (
    <PostForm action={reviewPath(reviewFilterQuery(filter))}>
      <input type="hidden" name="key" value={formKey} />
      {from ? <input type="hidden" name="from" value={from} /> : null}
      <div ref={top} className="mb-2">
        {pickable > 0 ? (
          <SelectAll {...{ filter, pickable, ticked, tickAll, allTicked, from }} />
        ) : null}
      </div>
      <Table
        caption={t("review.title")}
        columns={columns}
        rows={issues}
        rowKey={(issue) => issue.id}
      />
      {pickable > 0 ? (
        <>
          <div className="row sticky bottom-0 mt-3 border-t bg-surface py-3">
            <Button tone="primary" name="intent" value="approve">
              {t("review.approve")}
            </Button>
            <RunningTotal ticked={ticked} />
          </div>
          <RejectPanel answer={answer} />
        </>
      ) : null}
    </PostForm>
  );
}

/** Only with scripts: without them it would stand still. */
function RunningTotal({ ticked }: { ticked: Ticked | null }) {
  const t = useT();
  const { money } = useFormat();
  if (!ticked) return null;
  const { count, totals } = ticked;
  const amount = totals.map((sum) => money(sum)).join(" + ");
  return (
    <p className="meta" aria-live="polite">
      {count === 0
        ? t("review.nothingTicked")
        : t("review.ticked", { count, amount: amount || t("review.nothing") })}
    </p>
  );
}
