import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import type { z } from "zod";
import { toMinor } from "~/domain/money";
import { Refusal } from "~/domain/refusal";
import { standardText } from "~/forms/message-text";
import { fieldErrors } from "~/forms/parse-form";
import { isOutage } from "~/models/outage.server";
import { apiError } from "./errors.server";
import { reportFailure } from "./failure.server";
import { refusalAsJson } from "./refusal.server";
import { translatorOf } from "./translator.server";
import { requireAdmin, requireViewer, type Viewer } from "./viewer.server";

/** Who may call: anybody signed in, or admins. */
export type ApiAccess = "viewer" | "admin";

export type ApiCall = {
  viewer: Viewer;
  url: URL;
  params: LoaderFunctionArgs["params"];
  request: Request;
  context: AppLoadContext;
};

/** What a call answers: anything JSON can say (200; `bigint` as a number), or a Response, such as CSV or apiError(). */
type ApiAnswer = Promise<Response | object>;

/** `export const loader = apiLoader("admin", async ({ viewer, url }) => ({ … }));` */
export function apiLoader(access: ApiAccess, answer: (call: ApiCall) => ApiAnswer) {
  return (args: LoaderFunctionArgs) =>
    answered(args, async () => answer(await callOf(args, access)));
}

/** `export const action = apiAction("admin", schema, async ({ viewer, body }) => ({ … }));` */
export function apiAction<Schema extends z.ZodType>(
  access: ApiAccess,
  schema: Schema,
  answer: (call: ApiCall & { body: z.output<Schema> }) => ApiAnswer,
) {
  return (args: ActionFunctionArgs) =>
    answered(args, async () => {
      const call = await callOf(args, access);
      const t = await translatorOf(args.request, args.context);
      const parsed = schema.safeParse(await jsonOf(args.request), { error: standardText(t) });
      if (!parsed.success) return apiError(422, { fields: fieldErrors(parsed.error, t) });
      return answer({ ...call, body: parsed.data });
    });
}

const ENTRANCES = { viewer: requireViewer, admin: requireAdmin } as const;

async function callOf(args: LoaderFunctionArgs, access: ApiAccess): Promise<ApiCall> {
  const { request, context, params } = args;
  const viewer = await ENTRANCES[access](request, context);
  return { viewer, url: new URL(request.url), params, request, context };
}

async function jsonOf(request: Request): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) throw apiError(415);
  try {
    return JSON.parse(await request.text());
  } catch {
    throw apiError(400, { message: "The body is not JSON." });
  }
}

async function answered(args: LoaderFunctionArgs, work: () => ApiAnswer): Promise<Response> {
  try {
    const answer = await work();
    return answer instanceof Response ? answer : json(answer);
  } catch (error) {
    if (error instanceof Response) return asJson(error);
    if (error instanceof Refusal) {
      return refusalAsJson(error.reason, await translatorOf(args.request, args.context));
    }
    reportFailure(error, args);
    const { requestId } = args.context;
    return apiError(isOutage(error) ? 503 : 500, { requestId });
  }
}

function json(value: object): Response {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "bigint" ? toMinor(part) : part,
  );
  return new Response(text, { headers: { "Content-Type": "application/json; charset=utf-8" } });
}

/** What is thrown for pages, such as notFound(), says the same here in JSON. */
function asJson(thrown: Response): Response {
  if (thrown.status < 400 || thrown.headers.get("content-type")?.startsWith("application/json"))
    return thrown;
  return apiError(thrown.status, { headers: thrown.headers });
}
