import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { OidcProblem } from "~/components/OidcProblem";
import { providerButton, requireProvider, signInWithProvider } from "~/http/oidc-sign-in.server";
import { HOME } from "~/http/redirect-target";
import { pageTitle } from "~/i18n/page-title";

/** A session and a link are written behind this GET: the provider sends people back by one (DESIGN 7). */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { name } = requireProvider();
  const { problem, status, headers } = await signInWithProvider(request, context);
  const url = providerButton(HOME)?.url ?? "";
  return data({ problem, provider: { name, url } }, { status, headers });
}

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageTitle(matches, (t) => t("oidc.problem.title"));

export default function OidcCallbackPage() {
  return <OidcProblem {...useLoaderData<typeof loader>()} />;
}
