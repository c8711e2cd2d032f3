import { randomUUID } from "node:crypto";
import type {
  ActionFunctionArgs,
  LinksFunction,
  LoaderFunctionArgs,
  MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Comments } from "~/components/issues/Comments";
import { IssueHeader } from "~/components/issues/IssueHeader";
import { IssueHistory } from "~/components/issues/IssueHistory";
import { IssueText } from "~/components/issues/IssueText";
import { DraftPage, EditPage } from "~/components/issues/OwnIssue";
import { PayoutCard } from "~/components/issues/PayoutCard";
import { IssueSuggestion } from "~/components/suggestions/IssueSuggestion";
import { useLacksComment } from "~/components/suggestions/lacks-comment";
import { RefusedEntry } from "~/components/issues/RefusedEntry";
import { mayDo } from "~/domain/permission";
import { notFound } from "~/http/errors.server";
import { readForm } from "~/http/form-data";
import type { IssueAnswer } from "~/http/issue-answer";
import { issuePost } from "~/http/issue-post.server";
import { rowIdParameter } from "~/http/row-id-parameter.server";
import { translatorOf } from "~/http/translator.server";
import { requireViewer, type Viewer } from "~/http/viewer.server";
import { pageTitle } from "~/i18n/page-title";
import { earlierComments } from "~/models/comment.server";
import { filingCycles } from "~/models/filing-cycles.server";
import { intakeSuggestion } from "~/models/intake-suggestion.server";
import { type IssueView, issueView } from "~/models/issue.server";
import { settings } from "~/settings.server";
import stylesheet from "~/styles/issue.css?url";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: stylesheet }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const issue = await theIssue(params.id, viewer);
  const isOwn = issue.tester.id === viewer.id;
  const mayEdit = isOwn && issue.status === "open" && issue.payoutStatus === "pending";
  const isDraft = issue.status === "draft";
  const suggests = settings().SUGGESTIONS !== null && mayDo(viewer.role, "seeSuggestions");
  return {
    issue,
    viewer: { id: viewer.id, role: viewer.role },
    mayEdit,
    edits: mayEdit && new URL(request.url).searchParams.has("edit"),
    cycles: isDraft ? await filingCycles(viewer.id, issue.cycle.id) : [],
    payKey: randomUUID(),
    suggestion: suggests && !isDraft ? await intakeSuggestion(issue.id) : null,
    asksLacks: new URL(request.url).searchParams.has("lacks"),
    earlier:
      new URL(request.url).searchParams.get("comments") === "all"
        ? await earlierComments(issue.id, viewer)
        : [],
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const issue = await theIssue(params.id, viewer);
  const form = await readForm(request);
  const t = await translatorOf(request, context);
  const zone = settings().TEAM_TIME_ZONE;
  return issuePost({ form, upload: context.upload, issue, viewer, at: new Date(), zone, t });
}

async function theIssue(id: string | undefined, viewer: Viewer): Promise<IssueView> {
  const issue = await issueView(rowIdParameter(id), viewer);
  if (!issue) throw notFound();
  return issue;
}

export const meta: MetaFunction<typeof loader> = ({ matches, data, error }) =>
  data && !error
    ? pageTitle(matches, (t) => {
        const { id, title } = data.issue;
        return t("issues.pageTitle", { id: String(id), title: title || t("issues.untitled") });
      })
    : [];

export default function IssuePage() {
  const { issue, viewer, mayEdit, edits, cycles, ...page } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as IssueAnswer | undefined;
  const draft = useLacksComment(page.asksLacks ? page.suggestion : null);
  if (issue.status === "draft") return <DraftPage issue={issue} answer={answer} cycles={cycles} />;
  if (edits) return <EditPage issue={issue} answer={answer} />;
  const isAdmin = mayDo(viewer.role, "decideIssue");
  const admin = isAdmin ? { viewerId: viewer.id, answer, payKey: page.payKey } : null;
  const talk = { issue, isAdmin, answer, earlier: page.earlier, draft };
  return (
    <>
      <IssueHeader issue={issue} isAdmin={isAdmin} mayEdit={mayEdit} />
      {answer && answer.intent !== "comment" && !isAdmin ? <RefusedEntry answer={answer} /> : null}
      <div className={isAdmin ? ADMIN_LAYOUT : "grid gap-6 max-w-180"}>
        {isAdmin ? null : <PayoutCard issue={issue} admin={null} />}
        <div className="grid gap-6 min-w-0">
          <IssueText issue={issue} />
          {isAdmin ? null : <Comments {...talk} />}
        </div>
        {isAdmin ? (
          <div className="grid gap-6 lg:col-start-2 lg:row-start-1 lg:row-span-2">
            <PayoutCard issue={issue} admin={admin} />
            {page.suggestion ? (
              <IssueSuggestion issue={issue} viewerId={viewer.id} view={page.suggestion} />
            ) : null}
          </div>
        ) : null}
        <div className="grid gap-6 min-w-0">
          {isAdmin ? <Comments {...talk} /> : null}
          <IssueHistory entries={issue.history} />
        </div>
      </div>
    </>
  );
}

/** On a laptop the card stands beside the text and the history; on a phone between them. */
const ADMIN_LAYOUT =
  "grid gap-6 lg:gap-x-10 items-start lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]";
