import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Button, ButtonLink } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field } from "~/components/Field";
import { PageHeader } from "~/components/PageHeader";
import { PostForm } from "~/components/PostForm";
import { readForm } from "~/http/form-data";
import { acceptInvitePost } from "~/http/invite-post.server";
import { invitePath, loginPath } from "~/http/paths";
import { hasJustSignedIn } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { invitedBy } from "~/models/invite.server";

export const meta: MetaFunction = ({ matches }) =>
  pageTitle(matches, (t) => t("people.password.title"));

/** Writes nothing: opening the link, as a messenger's preview does, does not use it up. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const token = params.token ?? "";
  const invited = hasJustSignedIn(context) ? null : await invitedBy(token);
  if (!invited) return data({ invited, token: "" } as const, { status: 404 });
  return data({ invited: { name: invited.name, email: invited.email }, token } as const);
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  return acceptInvitePost(params.token ?? "", await readForm(request.clone()), request, context);
}

export default function Invite() {
  const t = useT();
  const { invited, token } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  if (!invited) return <Gone />;
  return (
    <div className="stack max-w-96">
      <PageHeader title={t("people.accept.title", { name: invited.name })} />
      <p>{t("people.accept.lead", { email: invited.email })}</p>
      <PostForm action={invitePath(token)} reloadDocument className="stack">
        <ErrorSummary errors={refused?.errors} labels={{ newPassword: t("people.password.new") }} />
        {/* For password managers: what to keep the new one under. */}
        <input
          type="text"
          name="username"
          autoComplete="username"
          value={invited.email}
          readOnly
          hidden
        />
        <Field
          name="newPassword"
          type="password"
          label={t("people.password.new")}
          hint={t("people.password.hint")}
          autoComplete="new-password"
          error={refused?.errors.newPassword}
        />
        <Button tone="primary">{t("people.accept.submit")}</Button>
      </PostForm>
    </div>
  );
}

function Gone() {
  const t = useT();
  return (
    <div className="stack max-w-160">
      <PageHeader title={t("people.accept.goneTitle")} />
      <p>{t("people.accept.gone")}</p>
      <p>
        <ButtonLink to={loginPath()}>{t("app.error.signIn")}</ButtonLink>
      </p>
    </div>
  );
}
