import { shotVersion } from "~/domain/screenshot";
import type { ScreenshotFile } from "~/models/screenshot.server";
import { notFound } from "./errors.server";

/**
 * A screenshot by itself. With the start of its hash as `version` the URL can only ever mean this picture, so browsers
 * keep it; another picture's hash finds nothing. Opened directly it can do nothing: no scripts, no frames, no requests.
 */
export function pictureResponse(
  request: Request,
  { hash, data }: ScreenshotFile,
  version: string | null,
): Response {
  if (version !== null && version !== shotVersion({ hash })) throw notFound();
  const headers = {
    "Content-Type": "image/webp",
    "Content-Length": String(data.length),
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": version ? "private, max-age=31536000, immutable" : "private, no-cache",
  };
  return new Response(request.method === "HEAD" ? null : new Uint8Array(data), { headers });
}
