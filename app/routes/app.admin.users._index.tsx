import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ButtonLink } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { PageHeader } from "~/components/PageHeader";
import { Pagination } from "~/components/Pagination";
import { NewPersonForm } from "~/components/people/NewPersonForm";
import { PeopleFilter } from "~/components/people/PeopleFilter";
import { PeopleTable } from "~/components/people/PeopleTable";
import { Refusal } from "~/domain/refusal";
import { readUserFilter, readUserPlace, userFilterQuery } from "~/filters/user-filter";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { newPersonForm } from "~/forms/person-form";
import { unprocessable } from "~/http/errors.server";
import { redirectWithFlash } from "~/http/flash.server";
import { readForm } from "~/http/form-data";
import { userPath, usersPath } from "~/http/paths";
import { refusalStatus, refusalText } from "~/http/refusal.server";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useFormat, useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { addPerson } from "~/models/user-change.server";
import { countUsers, userList } from "~/models/user-list.server";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("people.title"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const { searchParams } = new URL(request.url);
  const filter = readUserFilter(searchParams);
  const [list, found] = await Promise.all([
    userList(filter, readUserPlace(searchParams)),
    countUsers(filter),
  ]);
  return { filter, list, found };
}

/** Adds a person, and leads to their page, where the invite link is made. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const t = await translatorOf(request, context);
  const parsed = parseForm(newPersonForm, await readForm(request), t);
  if (!parsed.ok) return unprocessable({ errors: parsed.errors, values: parsed.values });
  try {
    const { id } = await addPerson(parsed.value, { actorId: viewer.id, at: new Date() });
    const text = t("people.new.done", { name: parsed.value.name });
    return await redirectWithFlash(userPath(id), { tone: "success", text });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const errors = { email: refusalText(error.reason, t) };
    return data({ errors, values: parsed.value }, { status: refusalStatus(error.reason) });
  }
}

type RefusedForm = { errors: FieldErrors; values: FieldValues };

export default function People() {
  const t = useT();
  const { filter, list } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>() as RefusedForm | undefined;
  const pageAt = (place: { before: number } | { after: number }) =>
    usersPath({ ...userFilterQuery(filter), ...place });
  return (
    <>
      <PageHeader title={t("people.title")} />
      <NewPersonForm refused={refused} />
      <PeopleFilter filter={filter} />
      {list.users.length === 0 ? (
        <EmptyState title={t("people.empty.title")}>
          <ButtonLink to={usersPath()}>{t("people.empty.clear")}</ButtonLink>
        </EmptyState>
      ) : (
        <>
          <Found />
          <PeopleTable users={list.users} />
          <Pagination
            newer={list.previous === null ? null : pageAt({ before: list.previous })}
            older={list.next === null ? null : pageAt({ after: list.next })}
            labels={{ newer: t("people.previous"), older: t("people.next") }}
          />
        </>
      )}
    </>
  );
}

function Found() {
  const t = useT();
  const { number } = useFormat();
  const { found } = useLoaderData<typeof loader>();
  return (
    <p className="meta">
      {found.more
        ? t("people.found.more", { number: number(found.count) })
        : t("people.found", { count: found.count })}
    </p>
  );
}
