import { type AppLoadContext, redirect } from "@remix-run/node";
import { isDatabaseAway } from "~/database/errors";
import { accessTo, hasAccess } from "~/domain/permission";
import { translator } from "~/i18n/translator";
import { findSession, type SessionUser } from "~/models/session.server";
import { settings } from "~/settings.server";
import { isApiPath, isPageVisit } from "./answer-kind";
import { apiError, forbidden, outage } from "./errors.server";
import { formToken } from "./form-token";
import { keepForm, type KeptForm } from "./kept-form";
import { requestLocale } from "./locale-cookie";
import { loginPath } from "./paths";
import { sessionSecretFrom } from "./session-cookie";

/** Who is looking, as the database says at this request. */
export type Viewer = SessionUser;

type Seen = { secret: string | null; viewer?: Promise<Viewer | null>; isNew?: boolean };

// Remix runs a page's loaders side by side, all with one context: the session is looked up once for all.
const seen = new WeakMap<AppLoadContext, Seen>();

function look(request: Request, context: AppLoadContext): Seen {
  const already = seen.get(context);
  if (already) return already;
  const now = { secret: sessionSecretFrom(request.headers.get("cookie")) };
  seen.set(context, now);
  return now;
}

/** The signed-in user, or null. One query a request, however many loaders ask. */
export function viewerOf(request: Request, context: AppLoadContext): Promise<Viewer | null> {
  const now = look(request, context);
  return (now.viewer ??= findViewer(now.secret, context));
}

async function findViewer(secret: string | null, context: AppLoadContext): Promise<Viewer | null> {
  const viewer = secret === null ? null : await findSession(secret);
  if (viewer) context.notes.userId = viewer.viewedBy?.id ?? viewer.id;
  return viewer;
}

/** For the server in front, which has no request to show a loader yet. */
export async function isSignedIn(cookieHeader: string | undefined): Promise<boolean> {
  const secret = sessionSecretFrom(cookieHeader);
  return secret !== null && (await findSession(secret)) !== null;
}

/** The session's secret as the browser sent it: whether it still opens a session is another question. */
export function sessionSecretOf(request: Request, context: AppLoadContext): string | null {
  return look(request, context).secret;
}

/** What every form of that viewer's page posts as `csrf`; "" without a session, when none is asked for. */
export function formTokenOf(
  request: Request,
  context: AppLoadContext,
  viewer: Viewer | null,
): string {
  const { secret } = look(request, context);
  return secret ? formToken(settings().SESSION_SECRET, secret, viewer?.viewedBy && "view") : "";
}

/** From here on the request counts as made in this session: for the page that a sign-in itself answers with. */
export function adoptSession(context: AppLoadContext, secret: string): void {
  seen.set(context, { secret, isNew: true });
}

/** Whether this very request signed in: its page is the answer to that, and not a visit. */
export function hasJustSignedIn(context: AppLoadContext): boolean {
  return seen.get(context)?.isNew ?? false;
}

/**
 * The signed-in user, if they may use this address (domain/permission.ts). Throws, for the anonymous: on a visit 302 to
 * sign-in and back; on a post 401, a page that keeps what was posted; to programs under /api/ 401 JSON. 403 for those who
 * may not, and for every post while an admin views as a user.
 */
export async function requireViewer(request: Request, context: AppLoadContext): Promise<Viewer> {
  const viewer = await viewerOf(request, context).catch(databaseAway);
  if (!viewer) throw await askToSignIn(request, context);
  const { pathname } = new URL(request.url);
  if (viewer.viewedBy && !isVisit(request)) throw await readOnly(request, context);
  if (!hasAccess(viewer.role, accessTo(pathname, request.method))) throw notAllowed(pathname);
  return viewer;
}

function databaseAway(error: unknown): never {
  throw isDatabaseAway(error) ? outage() : error;
}

/** The signed-in user, if an admin; throws as requireViewer does, and 403 for everybody else. */
export async function requireAdmin(request: Request, context: AppLoadContext): Promise<Viewer> {
  const viewer = await requireViewer(request, context);
  if (hasAccess(viewer.role, "admin")) return viewer;
  throw notAllowed(new URL(request.url).pathname);
}

function notAllowed(pathname: string): Response {
  return isApiPath(pathname) ? apiError(403) : forbidden();
}

/**
 * To throw: an admin who views as a user posts nothing in that user's name (DESIGN 7), nor after it what a page of the view
 * still shows.
 */
export async function readOnly(request: Request, context: AppLoadContext): Promise<Response> {
  const viewer = await viewerOf(request, context);
  const t = translator(requestLocale((name) => request.headers.get(name), viewer?.locale));
  const message = viewer?.viewedBy
    ? t("people.viewAs.readOnly", { name: viewer.name })
    : t("people.viewAs.staleForm");
  if (isApiPath(new URL(request.url).pathname)) return apiError(403, { message });
  return Response.json({ title: t("people.viewAs.readOnlyTitle"), message }, { status: 403 });
}

/** Who really does it, for the audit log: the admin, while one views as a user. */
export function actorOf(viewer: Viewer): { actorId: number; subjectId?: number } {
  return viewer.viewedBy
    ? { actorId: viewer.viewedBy.id, subjectId: viewer.id }
    : { actorId: viewer.id };
}

function isVisit(request: Request): boolean {
  return request.method === "GET" || request.method === "HEAD";
}

async function askToSignIn(request: Request, { upload }: AppLoadContext): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const isOpened = isVisit(request);
  if (isApiPath(pathname) && !(isOpened && isPageVisit((name) => request.headers.get(name))))
    return apiError(401);
  if (isOpened) return redirect(loginPath(pathname + search));
  const kept = await postedForm(request);
  const hadFiles = upload !== null && (upload.turnedAway || upload.files.length > 0);
  return unauthenticated(kept && hadFiles ? { ...kept, hadFiles } : kept);
}

/** 401 on a page; the sign-in form there carries `kept` along. */
export function unauthenticated(kept: KeptForm | null = null): Response {
  return Response.json({ kept }, { status: 401 });
}

async function postedForm(request: Request): Promise<KeptForm | null> {
  if (request.bodyUsed) return null;
  const { pathname, search } = new URL(request.url);
  try {
    return keepForm(pathname + search, await request.clone().formData());
  } catch {
    return null;
  }
}
