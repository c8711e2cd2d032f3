import type { z } from "zod";
import { queryAsForm } from "~/filters/period";
import { parseForm } from "~/forms/parse-form";
import type { ApiCall } from "./api-handler.server";
import { apiError } from "./errors.server";
import { translatorOf } from "./translator.server";

/** The query of a call as its schema describes it; parameters that it does not name are ignored. Throws 422. */
export async function apiQuery<Schema extends z.ZodObject>(
  schema: Schema,
  { url, request, context }: ApiCall,
): Promise<z.output<Schema>> {
  const t = await translatorOf(request, context);
  const parsed = parseForm(schema, queryAsForm(url.searchParams), t);
  if (!parsed.ok) throw apiError(422, { fields: parsed.errors });
  return parsed.value;
}
