import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ButtonLink } from "~/components/Button";
import { PageHeader } from "~/components/PageHeader";
import { AccountCard } from "~/components/people/AccountCard";
import { CyclesCard } from "~/components/people/CyclesCard";
import { InviteCard } from "~/components/people/InviteCard";
import { PayeeCard } from "~/components/people/PayeeCard";
import { PersonFigures } from "~/components/people/PersonFigures";
import { SessionsCard } from "~/components/people/SessionsCard";
import { ViewAsCard } from "~/components/people/ViewAsCard";
import { When } from "~/components/When";
import { isViewable } from "~/domain/view-as";
import { notFound } from "~/http/errors.server";
import { readForm } from "~/http/form-data";
import type { PageHandle } from "~/http/page-handle";
import { auditPath, usersPath } from "~/http/paths";
import type { PersonAnswer } from "~/http/person-answer";
import { personPost } from "~/http/person-post.server";
import { rowIdParameter } from "~/http/row-id-parameter.server";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { userProfile } from "~/models/user-profile.server";

export const handle: PageHandle = { scripts: true };

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, (t) => data?.person.name ?? t("people.title"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const person = await userProfile(rowIdParameter(params.id));
  if (!person) throw notFound();
  const isAdding = new URL(request.url).searchParams.get("add") === "cycle";
  return { person, viewer: { id: viewer.id, sessionId: viewer.sessionId }, isAdding };
}

/** Every form of the page; `intent` says which (http/person-post.server.ts). */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const userId = rowIdParameter(params.id);
  const form = await readForm(request);
  const t = await translatorOf(request, context);
  const act = { actorId: viewer.id, at: new Date() };
  return personPost(form, { userId, viewer, act, t });
}

export default function Person() {
  const t = useT();
  const { person, viewer, isAdding } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as PersonAnswer | undefined;
  const isSelf = person.id === viewer.id;
  return (
    <>
      <PageHeader
        title={person.name}
        back={{ to: usersPath(), label: t("people.title") }}
        actions={
          <ButtonLink to={auditPath({ person: person.id })}>{t("people.profile.audit")}</ButtonLink>
        }
      >
        <span>{t(`people.role.${person.role}`)}</span>
        {person.deactivatedAt ? <span>{t("people.state.deactivated")}</span> : null}
        <span>{person.email}</span>
        <span>
          {t.rich("people.profile.since", { date: <When value={person.createdAt} as="date" /> })}
        </span>
      </PageHeader>
      <PersonFigures person={person} />
      <CyclesCard person={person} isAdding={isAdding} answer={answer} />
      <PayeeCard payee={person.payee} />
      <SessionsCard person={person} currentId={isSelf ? viewer.sessionId : null} />
      <InviteCard person={person} answer={answer} />
      {isViewable(person.role) ? <ViewAsCard person={person} answer={answer} /> : null}
      <AccountCard person={person} isSelf={isSelf} answer={answer} />
    </>
  );
}
