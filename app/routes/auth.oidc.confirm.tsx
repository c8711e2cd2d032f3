import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { OidcConfirm } from "~/components/OidcConfirm";
import { OidcProblem } from "~/components/OidcProblem";
import { readForm } from "~/http/form-data";
import { confirmLink } from "~/http/oidc-confirm.server";
import { linkCookie } from "~/http/oidc-cookie.server";
import { providerButton, requireProvider } from "~/http/oidc-sign-in.server";
import { HOME } from "~/http/redirect-target";
import { hasJustSignedIn } from "~/http/viewer.server";
import { pageTitle } from "~/i18n/page-title";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { name } = requireProvider();
  const pending = linkCookie.read(request);
  const provider = { name, url: providerButton(HOME)?.url ?? "" };
  if (pending || hasJustSignedIn(context))
    return data({ provider, email: pending?.email ?? "", problem: null });
  return data({ provider, email: "", problem: "invalid" as const }, 400);
}

export async function action({ request, context }: ActionFunctionArgs) {
  requireProvider();
  const answer = await confirmLink(await readForm(request.clone()), request, context);
  if (answer.kind === "signed_in")
    return redirect(answer.next, { status: 303, headers: answer.headers });
  const { status, headers, ...shown } = answer;
  return data(shown, { status, headers });
}

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageTitle(matches, (t) => t("oidc.confirm.title"));

export default function OidcConfirmPage() {
  const { provider, email, problem } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const why = (answer?.kind === "refused" ? answer.problem : null) ?? problem;
  if (why) return <OidcProblem problem={why} provider={provider} />;
  const errors = answer?.kind === "mistaken" ? answer.errors : {};
  return <OidcConfirm provider={provider.name} email={email} errors={errors} />;
}
