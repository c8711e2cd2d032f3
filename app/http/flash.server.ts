import { createCookie, redirect } from "@remix-run/node";
import { settings } from "~/settings.server";
import type { Flash } from "./root-data";

/** Long enough for a redirect over a bad line; a message that nobody fetched should not turn up later. */
const SECONDS_KEPT = 60;

function flashCookie() {
  const { SESSION_SECRET, PUBLIC_ORIGIN } = settings();
  return createCookie("tiyn_flash", {
    // Signed: a page shows it, and its form posts what it says.
    secrets: [SESSION_SECRET],
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: PUBLIC_ORIGIN.startsWith("https:"),
  });
}

/** 303 to `url` (of paths.ts), with a message for the page there. */
export async function redirectWithFlash(url: string, flash: Flash): Promise<Response> {
  return redirect(url, { status: 303, headers: { "Set-Cookie": await flashHeader(flash) } });
}

/** The `Set-Cookie` alone, for an answer that sets more cookies. */
export function flashHeader(flash: Flash): Promise<string> {
  return flashCookie().serialize(flash, { maxAge: SECONDS_KEPT });
}

/** The message, if there is one, and the `Set-Cookie` that makes sure it is shown once. */
export async function takeFlash(
  request: Request,
): Promise<{ flash: Flash | null; header: string | null }> {
  const cookie = flashCookie();
  const sent = request.headers.get("cookie");
  if (!sent?.includes(`${cookie.name}=`)) return { flash: null, header: null };
  // Signed by us, so it has the shape that redirectWithFlash gave it; null when the signature is not ours.
  const flash = (await cookie.parse(sent)) as Flash | null;
  return { flash: flash || null, header: await cookie.serialize("", { maxAge: 0 }) };
}
