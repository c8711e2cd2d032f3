import { type AppLoadContext, data, redirect } from "@remix-run/node";
import { acceptInviteForm } from "~/forms/password-form";
import { type FieldErrors, parseForm } from "~/forms/parse-form";
import { passwordWeakness } from "~/models/common-password.server";
import { acceptInvite, invitedBy } from "~/models/invite.server";
import { hashPassword } from "~/models/password.server";
import { unprocessable } from "./errors.server";
import { homePath } from "./paths";
import { beginSession } from "./session.server";
import { translatorOf } from "./translator.server";

/**
 * Sets the password and signs in: 303. 422 for a password that will not do, which is never hashed; 404 for a link that
 * does not work any more, also when another window was faster.
 */
export async function acceptInvitePost(
  token: string,
  form: FormData,
  request: Request,
  context: AppLoadContext,
) {
  const t = await translatorOf(request, context);
  const invited = await invitedBy(token);
  if (!invited) return gone();
  const parsed = parseForm(acceptInviteForm, form, t);
  if (!parsed.ok) return unprocessable({ errors: parsed.errors });
  const { newPassword } = parsed.value;
  const weakness = await passwordWeakness(newPassword, invited);
  if (weakness) return unprocessable({ errors: { newPassword: t(`people.password.${weakness}`) } });
  const passwordHash = await hashPassword(newPassword);
  const accepted = await acceptInvite({ token, passwordHash }, new Date());
  if (!accepted) return gone();
  const headers = { "Set-Cookie": await beginSession(accepted.userId, request, context) };
  return redirect(homePath(), { status: 303, headers });
}

/** The page's own loader, which runs after this, says that the link is gone. */
function gone() {
  const errors: FieldErrors = {};
  return data({ errors }, { status: 404 });
}
