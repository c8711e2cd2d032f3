import type { Request, RequestHandler, Response } from "express";
import { isApiPath } from "~/http/answer-kind";
import { FORM_TOKEN_FIELD, isFormToken } from "~/http/form-token";
import { loginPath } from "~/http/paths";
import { sessionSecretFrom } from "~/http/session-cookie";
import { exchangeOf, type ServerOptions } from "./exchange";
import { refuse } from "./refusal";
import { type Reason, REASONS } from "./refusal-reasons";
import { BodyAborted, BodyTooLarge, readBody } from "./request-body";
import { isSameOrigin, ownOrigins } from "./same-origin";

const BODY_LIMIT = 2 * 1024 * 1024;
/** A batch of 10,000 choices and what stands around them (DESIGN 4). */
const FIELDS_LIMIT = 11_000;

const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

/** What a browser posts from the sign-in form: no session is used there, so none is bound to it (DESIGN 7). */
const WITHOUT_TOKEN = [loginPath(), `${loginPath()}.data`];

/**
 * The one gate before every route (DESIGN 7): whatever changes something comes from this site's own pages, is of a kind
 * and size that routes expect, and, if a form, carries its session's token. Leaves the body in the exchange.
 */
export function requestGate(options: ServerOptions): RequestHandler {
  const own = ownOrigins(options.publicOrigin);
  return (req, res, next) => {
    const { requestId } = exchangeOf(res).context;
    const turnAway = (reason: Reason) => refuse(req, res, reason, { ...options, requestId });
    letIn(req, res, own, options.sessionSecret).then(
      (problem) => (problem ? turnAway(problem) : next()),
      (error: unknown) => {
        if (error instanceof BodyTooLarge) turnAway(REASONS.tooLarge);
        else if (!(error instanceof BodyAborted)) next(error);
      },
    );
  };
}

/** Null, with the body in the exchange, or why not. */
async function letIn(
  req: Request,
  res: Response,
  own: ReadonlySet<string>,
  sessionSecret: string,
): Promise<Reason | null> {
  const exchange = exchangeOf(res);
  const { pathname } = exchange.url;
  if (req.method === "GET" || req.method === "HEAD") return null;
  if (req.method !== "POST") return REASONS.method;
  if (!isSameOrigin(req.headers, own)) return REASONS.foreignOrigin;
  if (!isExpectedType(req, pathname)) return REASONS.contentType;
  exchange.body = await readBody(req, res, BODY_LIMIT);
  return problemWith(req, pathname, exchange.body, sessionSecret);
}

/** Without a type there is nothing in it; it counts as an empty form. */
function contentType(req: Request): string {
  const [type = ""] = (req.headers["content-type"] ?? FORM).split(";", 1);
  return type.trim().toLowerCase();
}

function isExpectedType(req: Request, pathname: string): boolean {
  const type = contentType(req);
  return type === FORM || (type === JSON_TYPE && isApiPath(pathname));
}

function problemWith(
  req: Request,
  pathname: string,
  body: Buffer,
  sessionSecret: string,
): Reason | null {
  // PostgreSQL stores no NUL, and nobody types one.
  if (contentType(req) === JSON_TYPE) return body.includes("\\u0000") ? REASONS.malformed : null;
  if (body.includes("%00") || body.includes(0)) return REASONS.malformed;
  if (countFields(body) > FIELDS_LIMIT) return REASONS.tooManyFields;
  const session = sessionSecretFrom(req.headers.cookie);
  // Without a session there is nothing to protect: the route asks to sign in, and keeps what was typed.
  if (session === null || WITHOUT_TOKEN.includes(pathname)) return null;
  const token = new URLSearchParams(body.toString()).get(FORM_TOKEN_FIELD);
  return isFormToken(token, sessionSecret, session) ? null : REASONS.staleForm;
}

/** Counted before anything is taken apart. */
function countFields(body: Buffer): number {
  let fields = 1;
  for (let at = body.indexOf("&"); at !== -1; at = body.indexOf("&", at + 1)) fields++;
  return fields;
}
