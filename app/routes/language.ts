import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { badRequest } from "~/http/errors.server";
import { readForm } from "~/http/form-data";
import { asLocale, localeCookie } from "~/http/locale-cookie";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { redirectTarget } from "~/http/redirect-target";
import { cookieOptions } from "~/http/session.server";

export { ErrorBoundary } from "~/root";

export const loader = methodNotAllowed("POST");

/** The language of somebody who is not signed in: kept in a cookie, since there is no account to keep it in. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request);
  const locale = asLocale(form.get("locale"));
  if (!locale) throw badRequest();
  const headers = { "Set-Cookie": localeCookie(locale, cookieOptions()) };
  return redirect(redirectTarget(form.get("next")), { status: 303, headers });
}
