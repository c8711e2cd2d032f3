import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isApiPath } from "~/http/answer-kind";
import { apiErrorBody } from "~/http/api-error";
import { requestLocale } from "~/http/locale-cookie";
import { healthPath } from "~/http/paths";
import { type T, translator } from "~/i18n/translator";
import { inlineStylePolicy } from "./answer-headers";
import type { Reason } from "./refusal-reasons";
import { endUnread, hasUnreadBody } from "./request-body";

export type RefusalFacts = { publicOrigin: string; requestId: string };

/** A small page of its own, or JSON for programs. Works while the app behind does not. */
export function refuse(
  req: IncomingMessage,
  res: ServerResponse,
  reason: Reason,
  facts: RefusalFacts,
): void {
  const t = translator(requestLocale((name) => req.headers[name]?.toString()));
  const { type, policy, text } = wantsJson(req) ? json(reason, facts, t) : page(reason, facts, t);
  res.statusCode = reason.status;
  for (const [name, value] of Object.entries(reason.headers ?? {})) res.setHeader(name, value);
  if (policy) res.setHeader("Content-Security-Policy", policy);
  res.setHeader("Content-Type", type);
  res.setHeader("Content-Length", Buffer.byteLength(text));
  if (hasUnreadBody(req)) res.setHeader("Connection", "close");
  if (req.method !== "HEAD") res.write(text);
  endUnread(req, res);
}

function wantsJson(req: IncomingMessage): boolean {
  const [path = ""] = (req.url ?? "").split("?", 1);
  return (
    isApiPath(path) ||
    path === healthPath() ||
    /^application\/json\b/i.test(req.headers["content-type"] ?? "")
  );
}

type Answer = { type: string; policy?: string; text: string };

function json({ status, words }: Reason, { publicOrigin, requestId }: RefusalFacts, t: T): Answer {
  const message = words(t, publicOrigin).body;
  return {
    type: "application/json; charset=utf-8",
    text: JSON.stringify(apiErrorBody(status, { message, requestId })),
  };
}

function page({ status, words }: Reason, { publicOrigin, requestId }: RefusalFacts, t: T): Answer {
  const { title, body } = words(t, publicOrigin);
  const lines = [
    `<!doctype html><html lang="${t.locale}"><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escape(title)} · tiyn</title><style>${STYLE}</style>`,
    `<p>${escape(t("app.error.label", { status: String(status) }))}</p>`,
    `<h1>${escape(title)}</h1><p>${escape(body)}</p>`,
    `<p><a href="${escape(publicOrigin)}/">${escape(t("gate.origin.link", { origin: publicOrigin }))}</a></p>`,
    `<p><small>${escape(t("app.error.requestId", { id: requestId }))}</small></p></html>`,
  ];
  return {
    type: "text/html; charset=utf-8",
    policy: inlineStylePolicy(STYLE_HASH),
    text: lines.join("\n"),
  };
}

const STYLE =
  ":root{color-scheme:light dark}body{max-width:36rem;margin:3rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}h1{line-height:1.2}";
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
