import { data, redirect } from "@remix-run/node";
import { z } from "zod";
import { Refusal } from "~/domain/refusal";
import { rowId } from "~/forms/field-types";
import { ownPasswordForm } from "~/forms/password-form";
import { type FieldErrors, parseForm } from "~/forms/parse-form";
import { LOCALES } from "~/i18n/locale";
import { translator } from "~/i18n/translator";
import { passwordWeakness } from "~/models/common-password.server";
import { changePassword, PasswordThrottled } from "~/models/own-password.server";
import { changeLocale } from "~/models/user-change.server";
import { findPerson } from "~/models/user.server";
import { revokeSession, revokeSessions } from "~/models/user-session.server";
import { tooManyRequests, unprocessable } from "./errors.server";
import { flashHeader, redirectWithFlash } from "./flash.server";
import { localeCookie } from "./locale-cookie";
import { settingsPath } from "./paths";
import { refusalStatus, refusalText } from "./refusal.server";
import { cookieOptions } from "./session.server";
import type { SettingsAnswer, SettingsPost } from "./settings-answer";

/** One's own password: 303; 422 for one that will not do, 429 after too many wrong tries of the present one. */
export async function passwordPost({ form, viewer, at, t, address }: SettingsPost) {
  const refused = (errors: FieldErrors): SettingsAnswer => ({
    ...{ intent: "password", errors, values: {} },
  });
  const parsed = parseForm(ownPasswordForm, form, t);
  if (!parsed.ok) return unprocessable(refused(parsed.errors));
  const { currentPassword: current, newPassword: next } = parsed.value;
  const weakness =
    current === next ? "same" : await passwordWeakness(next, await findPerson(viewer.id));
  if (weakness) return unprocessable(refused({ newPassword: t(`people.password.${weakness}`) }));
  const { id: userId, sessionId } = viewer;
  try {
    await changePassword({ userId, sessionId, current, next, address }, { actorId: userId, at });
  } catch (error) {
    if (error instanceof PasswordThrottled) {
      const seconds = error.retryAfterSeconds;
      const count = Math.ceil(seconds / 60);
      return tooManyRequests(refused({ form: t("signIn.throttled", { count }) }), seconds);
    }
    if (!(error instanceof Refusal)) throw error;
    const errors = { currentPassword: refusalText(error.reason, t) };
    return data(refused(errors), { status: refusalStatus(error.reason) });
  }
  return done(t("people.password.changed"));
}

const revokeForm = z.object({ session: rowId() });

/** Ends one of one's own sessions; another's number ends nothing. */
export async function revokePost({ form, viewer, at, t }: SettingsPost) {
  const parsed = parseForm(revokeForm, form, t);
  if (!parsed.ok) {
    const { errors, values } = parsed;
    return unprocessable<SettingsAnswer>({ intent: "revoke", errors, values });
  }
  const revoked = { userId: viewer.id, sessionId: parsed.value.session };
  await revokeSession(revoked, { actorId: viewer.id, at });
  return done(t("people.done.revoked"));
}

export async function revokeOthersPost({ viewer, at, t }: SettingsPost) {
  const kept = { userId: viewer.id, except: viewer.sessionId };
  const count = await revokeSessions(kept, { actorId: viewer.id, at });
  return done(t("people.done.revokedAll", { count }));
}

const languageForm = z.object({ locale: z.enum(["", ...LOCALES]) });

/** 303 to a page in that language; "" is whatever the browser asks for. */
export async function languagePost({ form, viewer, t, browserLocale }: SettingsPost) {
  const parsed = parseForm(languageForm, form, t);
  if (!parsed.ok) {
    const { errors, values } = parsed;
    return unprocessable<SettingsAnswer>({ intent: "language", errors, values });
  }
  const locale = parsed.value.locale || null;
  await changeLocale(viewer.id, locale);
  const text = translator(locale ?? browserLocale)("people.language.saved");
  const headers = new Headers({ "Set-Cookie": await flashHeader({ tone: "success", text }) });
  // What is said before the user is known follows, such as the page that asks to sign in again.
  headers.append("Set-Cookie", localeCookie(locale, cookieOptions()));
  return redirect(settingsPath(), { status: 303, headers });
}

function done(text: string): Promise<Response> {
  return redirectWithFlash(settingsPath(), { tone: "success", text });
}
