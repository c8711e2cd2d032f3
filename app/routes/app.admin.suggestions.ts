import type { ActionFunctionArgs } from "@remix-run/node";
import { readForm } from "~/http/form-data";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { suggestionPost } from "~/http/suggestion-post.server";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";

/** Asks for a suggestion about an issue or a cycle, or for another one. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  const { id } = await requireAdmin(request, context);
  const t = await translatorOf(request, context);
  return suggestionPost(await readForm(request), id, t);
}

export const loader = methodNotAllowed("POST");
