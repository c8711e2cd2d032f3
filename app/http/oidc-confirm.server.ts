import type { AppLoadContext } from "@remix-run/node";
import { type FieldErrors, parseForm } from "~/forms/parse-form";
import { signInForm } from "~/forms/sign-in";
import { linkWithPassword } from "~/models/identity.server";
import { settings } from "~/settings.server";
import { flashHeader } from "./flash.server";
import { linkCookie } from "./oidc-cookie.server";
import type { OidcProblem } from "./oidc-sign-in.server";
import { beginSession } from "./session.server";
import { translatorOf } from "./translator.server";

type Answer =
  | { kind: "signed_in"; next: string; headers: Headers }
  | { kind: "mistaken"; errors: FieldErrors; status: number; headers: Headers }
  | { kind: "refused"; problem: OidcProblem; status: number; headers: Headers };

const passwordForm = signInForm.pick({ password: true });

/** The password that links the identity of whoever just came from the provider, and signs in. */
export async function confirmLink(
  form: FormData,
  request: Request,
  context: AppLoadContext,
): Promise<Answer> {
  const pending = linkCookie.read(request);
  const headers = new Headers();
  if (!pending) return { kind: "refused", problem: "invalid", status: 400, headers };
  const t = await translatorOf(request, context);
  const parsed = parseForm(passwordForm, form, t);
  if (!parsed.ok) return { kind: "mistaken", errors: parsed.errors, status: 422, headers };
  const { next, ...link } = pending;
  const by = { ...link, address: context.clientAddress };
  const verdict = await linkWithPassword(by, parsed.value.password);
  if (verdict.kind === "throttled") {
    headers.set("Retry-After", String(verdict.retryAfterSeconds));
    const count = Math.ceil(verdict.retryAfterSeconds / 60);
    const errors = { form: t("signIn.throttled", { count }) };
    return { kind: "mistaken", errors, status: 429, headers };
  }
  if (verdict.kind === "wrong")
    return {
      kind: "mistaken",
      errors: { password: t("oidc.confirm.wrong") },
      status: 401,
      headers,
    };
  headers.append("Set-Cookie", linkCookie.clear());
  if (verdict.kind === "refused")
    return { kind: "refused", problem: verdict.reason, status: 403, headers };
  if (verdict.kind === "password_needed") throw new Error("The password was just given.");
  headers.append("Set-Cookie", await beginSession(verdict.userId, request, context));
  const text = t("oidc.linked", { provider: settings().OIDC?.name ?? "" });
  headers.append("Set-Cookie", await flashHeader({ tone: "success", text }));
  return { kind: "signed_in", next, headers };
}
