import type { LoaderFunctionArgs } from "@remix-run/node";
import { notFound } from "~/http/errors.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { pictureResponse } from "~/http/picture-response.server";
import { rowIdParameter } from "~/http/row-id-parameter.server";
import { requireViewer } from "~/http/viewer.server";
import { screenshotFile } from "~/models/screenshot.server";

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const query = new URL(request.url).searchParams;
  const size = query.get("size") === "thumbnail" ? "thumbnail" : "full";
  const [issueId, position] = [rowIdParameter(params.id), rowIdParameter(params.n)];
  const file = await screenshotFile({ issueId, position, size }, viewer);
  if (!file) throw notFound();
  return pictureResponse(request, file, query.get("v"));
}

export const action = methodNotAllowed("GET", "HEAD");
