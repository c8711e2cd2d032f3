import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { OidcProblem } from "~/components/OidcProblem";
import { providerButton, requireProvider, signInWithProvider } from "~/http/oidc-sign-in.server";
import { HOME } from "~/http/redirect-target";
import { pageTitle } from "~/i18n/page-title";

/** On to the provider. Writes nothing but a cookie (DESIGN 7). */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { name } = requireProvider();
  const { problem, status, headers } = await signInWithProvider(request, context);
  const url = providerButton(HOME)?.url ?? "";
  return data({ problem, provider: { name, url } }, { status, headers });
}

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageTitle(matches, (t) => t("oidc.problem.title"));

export default function OidcStartPage() {
  return <OidcProblem {...useLoaderData<typeof loader>()} />;
}
