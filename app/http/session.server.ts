import type { AppLoadContext } from "@remix-run/node";
import { signIn, signOut } from "~/models/sign-in.server";
import { settings } from "~/settings.server";
import { endedSessionCookie, sessionCookie } from "./session-cookie";
import { adoptSession, sessionSecretOf, type Viewer } from "./viewer.server";

/** What every cookie of ours goes by: Secure wherever the site is. */
export const cookieOptions = () => ({ secure: settings().PUBLIC_ORIGIN.startsWith("https:") });

/** Signs a user in, in place of whatever session the browser has; returns the `Set-Cookie`. */
export async function beginSession(
  userId: number,
  request: Request,
  context: AppLoadContext,
): Promise<string> {
  const { secret } = await signIn({
    userId,
    address: context.clientAddress,
    userAgent: request.headers.get("user-agent"),
    replaces: sessionSecretOf(request, context),
  });
  adoptSession(context, secret);
  context.notes.userId = userId;
  return sessionCookie(secret, cookieOptions());
}

/** Signs a user out of this browser; returns the `Set-Cookie`. */
export async function finishSession(viewer: Viewer, context: AppLoadContext): Promise<string> {
  await signOut({ ...viewer, address: context.clientAddress });
  return endedSessionCookie(cookieOptions());
}
