import { db } from "~/database/client.server";
import { type Tx, transaction } from "~/database/transaction.server";
import { refuse } from "~/domain/refusal";
import { MOST_SCREENSHOTS } from "~/domain/screenshot";
import type { Prisma } from "~/generated/prisma/client";
import type { Act } from "./issue-change.server";
import { lockEditable, writeEdited } from "./issue-editing.server";
import { type Reader, visibleIssue } from "./issue-visibility.server";
import type { Picture } from "./screenshot-picture.server";

/** What a page needs to show it: in CSS pixels of its thumbnail and of itself. */
export const SCREENSHOT_FACTS = {
  position: true,
  hash: true,
  width: true,
  height: true,
  bytes: true,
  thumbnailWidth: true,
  thumbnailHeight: true,
} satisfies Prisma.ScreenshotSelect;

export type ScreenshotFacts = Prisma.ScreenshotGetPayload<{ select: typeof SCREENSHOT_FACTS }>;

/**
 * Puts pictures into the free places of an issue that the transaction has locked; one that is there already is not put
 * twice. Says how many came. Throws Refusal `too_many_screenshots`.
 */
export async function putPictures(
  tx: Tx,
  issueId: number,
  pictures: readonly Picture[],
  act: Act,
): Promise<number> {
  if (pictures.length === 0) return 0;
  const there = await tx.screenshot.findMany({
    where: { issueId },
    select: { position: true, hash: true },
  });
  const known = new Set(there.map(({ hash }) => hash));
  const fresh = [...new Map(pictures.map((one) => [one.hash, one])).values()].filter(
    ({ hash }) => !known.has(hash),
  );
  const taken = new Set(there.map(({ position }) => position));
  const places = PLACES.filter((place) => !taken.has(place));
  const rows = fresh.map((one, index) => {
    const position = places[index] ?? refuse({ code: "too_many_screenshots" });
    return { issueId, position, uploadedById: act.actorId, at: act.at, ...columns(one) };
  });
  if (rows.length > 0) await tx.screenshot.createMany({ data: rows });
  return rows.length;
}

const PLACES = Array.from({ length: MOST_SCREENSHOTS }, (_, index) => index + 1);

function columns({ hash, picture, thumbnail }: Picture) {
  return {
    hash,
    ...{ picture: picture.data, width: picture.width, height: picture.height },
    bytes: picture.data.length,
    thumbnail: thumbnail.data,
    thumbnailWidth: thumbnail.width,
    thumbnailHeight: thumbnail.height,
  };
}

type Change = { readonly issueId: number };

/**
 * Pictures of one's own issue, while its text may change too. Throws Refusal: not_found, illegal, too_many_screenshots.
 */
export function addScreenshots(
  { issueId, pictures }: Change & { readonly pictures: readonly Picture[] },
  act: Act,
): Promise<void> {
  return transaction(async (tx) => {
    const issue = await lockEditable(tx, issueId, act);
    const added = await putPictures(tx, issueId, pictures, act);
    if (added > 0) await writeEdited(tx, issue, { edited: "pictures" }, act);
  });
}

/** Takes one away; one that is gone already is no mistake. Throws Refusal: not_found, illegal. */
export function removeScreenshot(
  { issueId, hashStart }: Change & { readonly hashStart: string },
  act: Act,
): Promise<void> {
  return transaction(async (tx) => {
    const issue = await lockEditable(tx, issueId, act);
    const shot = await tx.screenshot.findFirst({
      where: { issueId, hash: { startsWith: hashStart } },
      select: { id: true },
    });
    if (!shot) return;
    await tx.screenshot.delete({ where: { id: shot.id }, select: { id: true } });
    await writeEdited(tx, issue, { edited: "pictures" }, act);
  });
}

/** The pictures of an issue, in their order. */
export function screenshotsOf(issueId: number): Promise<ScreenshotFacts[]> {
  return db().screenshot.findMany({
    where: { issueId },
    select: SCREENSHOT_FACTS,
    orderBy: { position: "asc" },
  });
}

export type ScreenshotFile = { readonly hash: string; readonly data: Uint8Array };

/** The picture itself, for whoever may see its issue; null for everybody else. */
export async function screenshotFile(
  shot: { issueId: number; position: number; size: "full" | "thumbnail" },
  reader: Reader,
): Promise<ScreenshotFile | null> {
  const { issueId, position, size } = shot;
  const where = { position, issue: visibleIssue(issueId, reader) };
  if (size === "thumbnail") {
    const select = { hash: true, thumbnail: true };
    const row = await db().screenshot.findFirst({ where, select });
    return row && { hash: row.hash, data: row.thumbnail };
  }
  const row = await db().screenshot.findFirst({ where, select: { hash: true, picture: true } });
  return row && { hash: row.hash, data: row.picture };
}
