import { LARGEST_SCREENSHOT_BYTES, MOST_SCREENSHOTS } from "~/domain/screenshot";
import { formatBytes } from "~/i18n/format-bytes";
import type { T } from "~/i18n/translator";
import { type Picture, preparePicture } from "~/models/screenshot-picture.server";
import { Overcrowded } from "~/models/turnstile";
import type { Upload, UploadedFile } from "./upload.server";

export type ReceivedPictures = {
  /** What can be kept, whatever is wrong with the others. */
  readonly pictures: readonly Picture[];
  /** What is wrong with the others, file by file. */
  readonly error: string | null;
};

/** The files of a form as pictures, for an issue that has these already. */
export async function receivedPictures(
  upload: Upload | null,
  there: readonly { readonly hash: string }[],
  t: T,
): Promise<ReceivedPictures> {
  if (!upload) return { pictures: [], error: null };
  const problems: string[] = [];
  const pictures: Picture[] = [];
  await upload.read(async (files) => {
    for (const file of files) {
      const made = await pictureOf(file, t);
      if (typeof made === "string") problems.push(made);
      else if (![...there, ...pictures].some(({ hash }) => hash === made.hash)) pictures.push(made);
    }
  });
  const room = Math.max(0, MOST_SCREENSHOTS - there.length);
  if (upload.tooMany || pictures.length > room)
    problems.push(t("issueTalk.tooManyFiles", { count: MOST_SCREENSHOTS }));
  const error = problems.length > 0 ? [...new Set(problems)].join(" ") : null;
  return { pictures: pictures.slice(0, room), error };
}

async function pictureOf(file: UploadedFile, t: T): Promise<Picture | string> {
  const said = { name: file.name.replace(/\p{C}/gu, "") };
  const max = formatBytes(LARGEST_SCREENSHOT_BYTES, t.locale);
  if (file.tooLarge) return t("issueTalk.problem.too_large", { ...said, max });
  try {
    const made = await preparePicture(file.path);
    if (typeof made !== "string") return made;
    if (made === "too_large") return t("issueTalk.problem.too_large", { ...said, max });
    return t(`issueTalk.problem.${made}`, said);
  } catch (error) {
    if (error instanceof Overcrowded) return t("issueTalk.problem.busy");
    throw error;
  }
}
