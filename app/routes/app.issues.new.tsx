import { randomUUID } from "node:crypto";
import type {
  ActionFunctionArgs,
  LinksFunction,
  LoaderFunctionArgs,
  MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { EmptyState } from "~/components/EmptyState";
import { IssueForm } from "~/components/issues/IssueForm";
import { PageHeader } from "~/components/PageHeader";
import { type FilingAnswer, filingPost } from "~/http/filing-post.server";
import { readForm } from "~/http/form-data";
import { issuePath, newIssuePath } from "~/http/paths";
import { translatorOf } from "~/http/translator.server";
import { requireViewer } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { type FilingCycle, filingCycles } from "~/models/filing-cycles.server";
import stylesheet from "~/styles/issue.css?url";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: stylesheet }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const cycles = await filingCycles(viewer.id);
  const asked = new URL(request.url).searchParams.get("cycle");
  const chosen =
    cycles.find(({ id }) => String(id) === asked) ?? (cycles.length === 1 && cycles[0]);
  return { cycles, cycleId: chosen ? String(chosen.id) : "", key: randomUUID() };
}

// Not no-store: Back has to find what was typed (DESIGN 7).
export const headers = () => ({ "Cache-Control": "private, no-cache" });

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await readForm(request);
  const t = await translatorOf(request, context);
  return filingPost({ form, upload: context.upload, viewer, at: new Date(), t });
}

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageTitle(matches, (t) => t("issues.newTitle"));

export default function NewIssuePage() {
  const t = useT();
  const { cycles, cycleId, key } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FilingAnswer | undefined;
  if (answer?.draft) return <KeptInDraft {...answer} draft={answer.draft} cycles={cycles} />;
  return (
    <>
      <PageHeader title={t("issues.newTitle")} />
      {cycles.length === 0 && !answer ? (
        <EmptyState title={t("issues.noCycles.title")}>{t("issues.noCycles.body")}</EmptyState>
      ) : (
        <IssueForm
          action={newIssuePath()}
          cycles={cycles}
          values={answer?.values ?? { cycleId, body: t("issues.outline") }}
          errors={answer?.errors}
          similar={answer?.similar}
          submit="file"
          save="draft"
          // A new one each time: after a refusal, nothing was filed with the one before.
          hidden={<input type="hidden" name="key" value={key} />}
        />
      )}
    </>
  );
}

type KeptProps = FilingAnswer & {
  draft: NonNullable<FilingAnswer["draft"]>;
  cycles: FilingCycle[];
};

/** Not filed, and its screenshots need not be sent again: the form goes on as that of the draft which holds them. */
function KeptInDraft({ draft, cycles, ...answer }: KeptProps) {
  const t = useT();
  return (
    <>
      <PageHeader title={t("issues.newTitle")} />
      <IssueForm
        {...answer}
        action={issuePath(draft.id)}
        cycles={cycles}
        kept={{ issueId: draft.id, screenshots: draft.screenshots }}
        note={t("issueTalk.keptInDraft")}
        submit="submit"
        save="save"
      />
    </>
  );
}
