import { Button } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { TextArea } from "~/components/Field";
import { PageLink } from "~/components/PageLink";
import { PostForm } from "~/components/PostForm";
import { When } from "~/components/When";
import type { IssueAnswer } from "~/http/issue-answer";
import { issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { CommentView } from "~/models/comment.server";
import type { IssueView } from "~/models/issue.server";

type CommentsProps = {
  issue: Pick<IssueView, "id" | "comments" | "earlierComments" | "commentKey">;
  isAdmin: boolean;
  answer?: IssueAnswer | undefined;
  /** The page that it stands on, if not the issue's own. */
  next?: string;
  /** Those that the page leaves out, once they were asked for. */
  earlier?: readonly CommentView[] | undefined;
  /** What the box begins with, for somebody to change and send. */
  draft?: string | undefined;
};

/** What its tester and the admins say about an issue, oldest first, and where to say more. */
export function Comments({ issue, earlier = [], ...form }: CommentsProps) {
  const t = useT();
  const { id, comments, earlierComments } = issue;
  return (
    <section aria-labelledby="comments">
      <h2 id="comments">{t("issueTalk.comments")}</h2>
      {earlierComments > 0 && earlier.length === 0 ? (
        <p className="mt-2">
          <PageLink to={`${issuePath(id)}?comments=all#comments`}>
            {t("issueTalk.comments.earlier", { count: earlierComments })}
          </PageLink>
        </p>
      ) : null}
      {[...earlier, ...comments].map((comment) => (
        <Comment key={comment.id} comment={comment} />
      ))}
      <CommentForm issueId={id} commentKey={issue.commentKey} {...form} />
    </section>
  );
}

function Comment({ comment: { id, at, author, html } }: { comment: CommentView }) {
  const t = useT();
  return (
    <article id={`comment-${id}`} className="comment">
      <p className="meta">
        <b>{author.name}</b>
        {author.isAdmin ? ` · ${t("issueTalk.comments.admin")}` : null} ·{" "}
        <When value={at} as="dateTime" />
      </p>
      {/* Made by markdownToHtml, which lets no HTML of its writer through. */}
      <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />
    </article>
  );
}

type CommentFormProps = Pick<CommentsProps, "isAdmin" | "answer" | "next" | "draft"> & {
  issueId: number;
  commentKey: string;
};

function CommentForm({ issueId, isAdmin, commentKey, answer, next, draft }: CommentFormProps) {
  const t = useT();
  const { errors = {}, values = {} } = answer?.intent === "comment" ? answer : {};
  return (
    <PostForm action={issuePath(issueId)} className="mt-4 grid gap-2">
      <ErrorSummary errors={errors} idPrefix="talk" />
      <input type="hidden" name="key" value={commentKey} />
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <TextArea
        // The same form is there again after it was sent: empty, because it has another key.
        key={commentKey}
        name="comment"
        idPrefix="talk"
        label={t("issueTalk.comment.label")}
        hint={t(isAdmin ? "issueTalk.comment.hintAdmin" : "issueTalk.comment.hintTester")}
        rows={draft ? 7 : 3}
        defaultValue={values.comment ?? draft}
        error={errors.comment}
      />
      <div>
        <Button name="intent" value="comment">
          {t("issueTalk.comment.submit")}
        </Button>
      </div>
    </PostForm>
  );
}
