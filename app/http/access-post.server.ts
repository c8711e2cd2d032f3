import { data } from "@remix-run/node";
import { z } from "zod";
import { Refusal } from "~/domain/refusal";
import { rowId } from "~/forms/field-types";
import { ownPasswordForm } from "~/forms/password-form";
import { type FieldErrors, parseForm } from "~/forms/parse-form";
import { AVAILABLE } from "~/i18n/locale";
import { passwordWeakness } from "~/models/common-password.server";
import { changePassword, PasswordThrottled } from "~/models/own-password.server";
import { changeLocale } from "~/models/user-change.server";
import { findPerson } from "~/models/user.server";
import { revokeSession, revokeSessions } from "~/models/user-session.server";
import { tooManyRequests, unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { settingsPath } from "./paths";
import { refusalStatus, refusalText } from "./refusal.server";
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

const languageForm = z.object({ locale: z.enum(["", ...AVAILABLE]) });

/** One of the languages that have a catalogue; "" is whatever the browser asks for. */
export async function languagePost({ form, viewer, t }: SettingsPost) {
  const parsed = parseForm(languageForm, form, t);
  if (!parsed.ok) {
    const { errors, values } = parsed;
    return unprocessable<SettingsAnswer>({ intent: "language", errors, values });
  }
  await changeLocale(viewer.id, parsed.value.locale || null);
  return done(t("people.language.saved"));
}

function done(text: string): Promise<Response> {
  return redirectWithFlash(settingsPath(), { tone: "success", text });
}
