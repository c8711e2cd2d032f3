/** What may come with an issue (DESIGN 4). */
export const MOST_SCREENSHOTS = 5;

/** Of one file as it is uploaded; what is kept is far smaller. */
export const LARGEST_SCREENSHOT_BYTES = 10 * 1024 * 1024;

/** More than the largest photo of a phone has. Known from a file's header, before anything is decoded. */
export const MOST_PIXELS = 64_000_000;

/** Why a file is no screenshot: too many bytes, too many pixels, an iPhone's own format, broken, or no picture at all. */
export type ScreenshotProblem =
  "too_large" | "too_many_pixels" | "heic" | "broken" | "not_a_picture";

/** Enough of a picture's hash to tell it from every other of its issue: in its URL, and in the button that removes it. */
export function shotVersion({ hash }: { readonly hash: string }): string {
  return hash.slice(0, 16);
}
