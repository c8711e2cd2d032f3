import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import sharp, { type Sharp } from "sharp";
import { MOST_PIXELS, type ScreenshotProblem } from "~/domain/screenshot";
import { Turnstile } from "./turnstile";

/** A picture as it is stored and shown: WebP, upright, without metadata. */
export type Picture = {
  /** SHA-256 of the uploaded file, in hex. */
  readonly hash: string;
  readonly picture: Encoded;
  readonly thumbnail: Encoded;
};

export type Encoded = {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
};

/** Small letters of a whole laptop screen stay legible; a photo of 12 megapixels becomes about 300 KB. */
const LONGEST_SIDE = 2_400;
const THUMBNAIL_SIDE = 320;

/** A decoded photo is large, and the machine has other things to do. The queue holds a team's worth of forms. */
const decoders = new Turnstile({ atOnce: 2, waiting: 60 });

// Only these loaders are ever run, whatever a file says it is; and nothing is kept from one picture to the next.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    ...["VipsForeignLoadJpegFile", "VipsForeignLoadPngFile", "VipsForeignLoadWebpFile"],
    // Our own, on its way to a thumbnail.
    "VipsForeignLoadWebpBuffer",
  ],
});
sharp.cache(false);
sharp.concurrency(1);

/** The file as a picture, or why it is none. Waits its turn; throws Overcrowded when too many wait. */
export async function preparePicture(path: string): Promise<Picture | ScreenshotProblem> {
  const kind = await sniff(path);
  if (kind !== "picture") return kind;
  return decoders.pass(() => decode(path));
}

const PNG = Buffer.from("89504e470d0a1a0a", "hex");
const JPEG = Buffer.from("ffd8ff", "hex");
const WEBP = /^RIFF.{4}WEBP/s;
const HEIC = /^.{4}ftyp(hei[cfmsx]|hev[cmsx]|mif1|msf1)/s;

/** By the first bytes, which decide for a decoder too; its name and what its sender says of it do not count. */
async function sniff(path: string): Promise<"picture" | ScreenshotProblem> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    const head = buffer.subarray(0, bytesRead);
    const text = head.toString("latin1");
    const isOneOf = [PNG, JPEG].some((start) => start.equals(head.subarray(0, start.length)));
    if (isOneOf || WEBP.test(text)) return "picture";
    return HEIC.test(text) ? "heic" : "not_a_picture";
  } finally {
    await file.close();
  }
}

async function decode(path: string): Promise<Picture | ScreenshotProblem> {
  const source = () => sharp(path, { limitInputPixels: MOST_PIXELS, failOn: "error" });
  try {
    const { width, height } = await sharp(path, { limitInputPixels: false }).metadata();
    if (width * height > MOST_PIXELS) return "too_many_pixels";
    // One after the other: of each only a strip is decoded at a time, and never two at once.
    const picture = await encode(source(), LONGEST_SIDE, 75);
    const thumbnail = await encode(sharp(Buffer.from(picture.data)), THUMBNAIL_SIDE, 70);
    const hash = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
    return { hash, picture, thumbnail };
  } catch {
    return "broken";
  }
}

/** Upright, within a square of that side, never larger than it is. Metadata, such as a place, is left behind. */
async function encode(source: Sharp, side: number, quality: number): Promise<Encoded> {
  const { data, info } = await source
    .autoOrient()
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    // Subsampling the careful way: red text on white is what bugs are made of.
    .webp({ quality, effort: 3, smartSubsample: true })
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}
