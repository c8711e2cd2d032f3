import { data } from "@remix-run/node";
import { Refusal } from "~/domain/refusal";
import { parseForm } from "~/forms/parse-form";
import { isPersonIntent, type PersonIntent, personForms } from "~/forms/person-form";
import { typedFields } from "~/forms/typed-fields";
import type { T } from "~/i18n/translator";
import { createInvite } from "~/models/invite.server";
import type { Act } from "~/models/issue-change.server";
import { addToCycle, changeRole, deactivate, reactivate } from "~/models/user-change.server";
import { revokeSession, revokeSessions } from "~/models/user-session.server";
import { startView } from "~/models/view-as.server";
import { settings } from "~/settings.server";
import { badRequest, notFound, unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { homePath, invitePath, userPath } from "./paths";
import type { PersonAnswer } from "./person-answer";
import { refusalStatus, refusalText } from "./refusal.server";
import type { Viewer } from "./viewer.server";

type Given = { readonly userId: number; readonly viewer: Viewer; readonly act: Act; readonly t: T };
type Fields<Intent extends PersonIntent> = (typeof personForms)[Intent]["_output"];

/** One form of a person's page. Throws 400 for an intent that no button has, and 404. */
export async function personPost(form: FormData, given: Given) {
  const intent = form.get("intent");
  if (!isPersonIntent(intent)) throw badRequest();
  const parsed = parseForm(personForms[intent], form, given.t);
  if (!parsed.ok) {
    const { errors, values } = parsed;
    return unprocessable<PersonAnswer>({ intent, errors, values });
  }
  try {
    // The schema of that intent gives the fields of that form; TypeScript cannot follow the name through both.
    return await POSTS[intent](given, parsed.value as never);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.reason.code === "not_found") throw notFound();
    const errors = { form: refusalText(error.reason, given.t) };
    const values = typedFields(form, ["reason", "cycle", "role"]);
    const answer: PersonAnswer = { intent, errors, values };
    return data(answer, { status: refusalStatus(error.reason) });
  }
}

const POSTS: {
  [Intent in PersonIntent]: (given: Given, fields: Fields<Intent>) => Promise<unknown>;
} = {
  // Not a redirect: the link is in this answer and nowhere else, not even in a cookie.
  invite: async ({ userId, act }) => {
    const { token, expiresAt } = await createInvite(userId, act);
    const link = settings().PUBLIC_ORIGIN + invitePath(token);
    return data<PersonAnswer>({ intent: "invite", link, expiresAt });
  },
  role: async ({ userId, act, t }, { role }) => {
    const { name } = await changeRole(userId, role, act);
    return done(userId, t("people.done.role", { name, role: t(`people.role.${role}`) }));
  },
  deactivate: async ({ userId, act, t }) =>
    done(userId, t("people.done.deactivated", await deactivate(userId, act))),
  reactivate: async ({ userId, act, t }) =>
    done(userId, t("people.done.reactivated", await reactivate(userId, act))),
  revoke: async ({ userId, act, t }, { session }) => {
    await revokeSession({ userId, sessionId: session }, act);
    return done(userId, t("people.done.revoked"));
  },
  revokeAll: async ({ userId, viewer, act, t }) => {
    // An admin on their own page stays signed in where they are.
    const except = userId === viewer.id ? viewer.sessionId : undefined;
    const count = await revokeSessions({ userId, ...(except && { except }) }, act);
    return done(userId, t("people.done.revokedAll", { count }));
  },
  addToCycle: async ({ userId, act, t }, { cycle }) => {
    const { added, ...names } = await addToCycle({ userId, cycleId: cycle }, act);
    return done(userId, t(added ? "people.cycles.added" : "people.cycles.already", names));
  },
  viewAs: async ({ userId, viewer }, { reason }) => {
    await startView({ sessionId: viewer.sessionId, adminId: viewer.id, userId, reason });
    return redirectSeeOther(homePath());
  },
};

function done(userId: number, text: string): Promise<Response> {
  return redirectWithFlash(userPath(userId), { tone: "success", text });
}

function redirectSeeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location } });
}
