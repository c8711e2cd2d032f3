import type { Request, RequestHandler, Response } from "express";
import { isApiPath } from "~/http/answer-kind";
import { FORM_TOKEN_FIELD, formOrigin } from "~/http/form-token";
import { loginPath, takesFiles } from "~/http/paths";
import { sessionSecretFrom } from "~/http/session-cookie";
import { type Exchange, exchangeOf, type ServerOptions } from "./exchange";
import { BodyMalformed, NoRoomForFiles, readMultipart, TooManyFields } from "./multipart-body";
import { refuse } from "./refusal";
import { type Reason, REASONS } from "./refusal-reasons";
import { BodyAborted, BodyTooLarge, BodyTooSlow, readBody } from "./request-body";
import { isSameOrigin, ownOrigins } from "./same-origin";

const BODY_LIMIT = 2 * 1024 * 1024;
/** A batch of 10,000 choices and what stands around them (DESIGN 4). */
const FIELDS_LIMIT = 11_000;

/** Forms with files that arrive at the same time: each may take its time, and room on the disk. */
const UPLOADS_AT_ONCE = 24;

const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data";
const JSON_TYPE = "application/json";

/** What a browser posts from the sign-in form: no session is used there, so none is bound to it (DESIGN 7). */
const WITHOUT_TOKEN = [loginPath(), `${loginPath()}.data`];

/** Why a body was not read to its end. */
class TurnedAway extends Error {
  constructor(readonly reason: Reason) {
    super("The request was turned away.");
  }
}

/** For files: whether the session that a cookie names is alive. Only the app behind can tell. */
export type GateOptions = ServerOptions & {
  isSignedIn: (cookieHeader: string | undefined) => Promise<boolean>;
  /** How long even a small body may take. */
  bodyGraceMs?: number | undefined;
};

/**
 * The one gate before every route (DESIGN 7): whatever changes something comes from this site's own pages, is of a kind
 * and size that routes expect, and, if a form, carries its session's token. Leaves the body in the exchange.
 */
export function requestGate(options: GateOptions): RequestHandler {
  const own = ownOrigins(options.publicOrigin);
  const uploads = { now: 0 };
  return (req, res, next) => {
    const { requestId } = exchangeOf(res).context;
    const turnAway = (reason: Reason) => refuse(req, res, reason, { ...options, requestId });
    letIn(req, res, { ...options, own, uploads }).then(
      (problem) => (problem ? turnAway(problem) : next()),
      (error: unknown) => {
        const reason = reasonOf(error);
        if (reason) turnAway(reason);
        else if (!(error instanceof BodyAborted)) next(error);
      },
    );
  };
}

function reasonOf(error: unknown): Reason | null {
  if (error instanceof TurnedAway) return error.reason;
  if (error instanceof BodyTooLarge) return REASONS.tooLarge;
  if (error instanceof BodyTooSlow) return REASONS.tooSlow;
  if (error instanceof BodyMalformed) return REASONS.malformed;
  if (error instanceof NoRoomForFiles) return REASONS.unavailable;
  return error instanceof TooManyFields ? REASONS.tooManyFields : null;
}

type Gate = GateOptions & { own: ReadonlySet<string>; uploads: { now: number } };

/** Null, with the body in the exchange, or why not. */
async function letIn(req: Request, res: Response, gate: Gate): Promise<Reason | null> {
  const exchange = exchangeOf(res);
  const { pathname } = exchange.url;
  if (req.method === "GET" || req.method === "HEAD") return null;
  if (req.method !== "POST") return REASONS.method;
  if (!isSameOrigin(req.headers, gate.own)) return REASONS.foreignOrigin;
  if (!isExpectedType(req, pathname)) return REASONS.contentType;
  if (contentType(req) === MULTIPART) return letFilesIn(req, res, exchange, gate);
  exchange.body = await readBody(req, res, { limit: BODY_LIMIT, graceMs: gate.bodyGraceMs });
  return problemWith(req, exchange, gate.sessionSecret);
}

/** The text of the form goes on as if it had come without files, and these beside it (Upload). */
async function letFilesIn(req: Request, res: Response, exchange: Exchange, gate: Gate) {
  if (gate.uploads.now >= UPLOADS_AT_ONCE) return REASONS.busy;
  gate.uploads.now++;
  try {
    const { fields, upload } = await readMultipart(req, res, {
      textLimit: BODY_LIMIT,
      fieldsLimit: FIELDS_LIMIT,
      graceMs: gate.bodyGraceMs,
      takesFiles: (before) => takesFilesFrom(req, before, gate),
    });
    exchange.body = Buffer.from(fields.toString());
    exchange.context.upload = upload;
    const problem = problemWith(req, exchange, gate.sessionSecret);
    if (problem) await upload.close();
    return problem;
  } finally {
    gate.uploads.now--;
  }
}

/** Files of nobody are not worth a place on the disk; a form without its token ends here. Throws TurnedAway. */
async function takesFilesFrom(req: Request, fields: URLSearchParams, gate: Gate) {
  const session = sessionSecretFrom(req.headers.cookie);
  if (session === null) return false;
  if (!formOrigin(fields.get(FORM_TOKEN_FIELD), gate.sessionSecret, session))
    throw new TurnedAway(REASONS.staleForm);
  return gate.isSignedIn(req.headers.cookie).catch(() => {
    throw new TurnedAway(REASONS.unavailable);
  });
}

/** Without a type there is nothing in it; it counts as an empty form. */
function contentType(req: Request): string {
  const [type = ""] = (req.headers["content-type"] ?? FORM).split(";", 1);
  return type.trim().toLowerCase();
}

function isExpectedType(req: Request, pathname: string): boolean {
  const type = contentType(req);
  if (type === MULTIPART) return takesFiles(pathname);
  return type === FORM || (type === JSON_TYPE && isApiPath(pathname));
}

function problemWith(req: Request, exchange: Exchange, sessionSecret: string): Reason | null {
  const body = exchange.body ?? Buffer.alloc(0);
  // PostgreSQL stores no NUL, and nobody types one.
  if (contentType(req) === JSON_TYPE) return body.includes("\\u0000") ? REASONS.malformed : null;
  if (body.includes("%00") || body.includes(0)) return REASONS.malformed;
  if (countFields(body) > FIELDS_LIMIT) return REASONS.tooManyFields;
  const session = sessionSecretFrom(req.headers.cookie);
  // Without a session there is nothing to protect: the route asks to sign in, and keeps what was typed.
  if (session === null || WITHOUT_TOKEN.includes(exchange.url.pathname)) return null;
  const token = new URLSearchParams(body.toString()).get(FORM_TOKEN_FIELD);
  const origin = formOrigin(token, sessionSecret, session);
  exchange.context.formOfView = origin === "view";
  return origin === null ? REASONS.staleForm : null;
}

/** Counted before anything is taken apart. */
function countFields(body: Buffer): number {
  let fields = 1;
  for (let at = body.indexOf("&"); at !== -1; at = body.indexOf("&", at + 1)) fields++;
  return fields;
}
