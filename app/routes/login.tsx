import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PageHeader } from "~/components/PageHeader";
import { ResumeForm } from "~/components/ResumeForm";
import { SignInForm } from "~/components/SignInForm";
import { authenticatorFor, SignInRefused } from "~/http/authenticator.server";
import { readForm } from "~/http/form-data";
import { keptFormIn } from "~/http/kept-form";
import { providerButton } from "~/http/oidc-sign-in.server";
import { redirectTarget } from "~/http/redirect-target";
import { beginSession } from "~/http/session.server";
import { hasJustSignedIn, viewerOf } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const next = redirectTarget(new URL(request.url).searchParams.get("next"));
  const viewer = await viewerOf(request, context);
  if (viewer && !hasJustSignedIn(context)) throw redirect(next);
  return { next, provider: providerButton(next) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  // Not even an empty form, and the strategy, which reads the request itself, fails on it.
  if (!request.headers.has("content-type")) throw new Response(null, { status: 415 });
  const form = await readForm(request.clone());
  const next = redirectTarget(form.get("next"));
  const kept = keptFormIn(form);
  try {
    const account = await authenticatorFor(context).authenticate("password", request);
    const headers = { "Set-Cookie": await beginSession(account.id, request, context) };
    if (!kept) return redirect(next, { status: 303, headers });
    return data({ resume: kept } as const, { headers });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    const { status, retryAfterSeconds, errors, values } = error.answer;
    const headers = retryAfterSeconds ? { "Retry-After": String(retryAfterSeconds) } : undefined;
    return data({ resume: null, next, kept, errors, values } as const, { status, headers });
  }
}

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageTitle(matches, (t) => t("signIn.title"));

export default function LoginPage() {
  const t = useT();
  const loaded = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer?.resume) return <ResumeForm kept={answer.resume} />;
  return (
    <div className="stack max-w-96">
      <PageHeader title={t("signIn.title")} />
      <SignInForm {...loaded} {...answer} />
    </div>
  );
}
