import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asPhoneWouldWrite, hugePng, testPhoto } from "./picture.fixture";
import { type Picture, preparePicture } from "./screenshot-picture.server";

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "tiyn-pictures-"))));
afterAll(() => rm(folder, { recursive: true }));

async function prepared(content: string | Buffer): Promise<Picture | string> {
  const path = join(folder, "upload");
  await writeFile(path, content);
  return preparePicture(path);
}

async function picture(content: Buffer): Promise<Picture> {
  const made = await prepared(content);
  if (typeof made === "string") throw new Error(made);
  return made;
}

describe("a picture", () => {
  test("is upright, WebP, and says nothing of where it was taken", async () => {
    const photo = await asPhoneWouldWrite(testPhoto({ width: 1200, height: 900 }));
    await writeFile(join(folder, "photo"), photo);
    const before = await sharp(join(folder, "photo")).metadata();
    expect([before.orientation, before.exif?.includes("Redmi")]).toEqual([6, true]);
    const made = await picture(photo);
    expect(made.picture).toMatchObject({ width: 900, height: 1200 });
    expect(made.thumbnail).toMatchObject({ width: 240, height: 320 });
    for (const { data } of [made.picture, made.thumbnail]) {
      const { exif, xmp, icc, orientation, format } = await sharp(Buffer.from(data)).metadata();
      expect({ exif, xmp, icc, orientation, format }).toEqual({ format: "webp" });
      expect(Buffer.from(data).includes("Redmi")).toBe(false);
    }
  });

  test.each(["png", "webp", "jpeg"] as const)("may be %s", async (format) => {
    const file = await testPhoto({ width: 300, height: 200 }).toFormat(format).toBuffer();
    const made = await picture(file);
    expect(made.picture).toMatchObject({ width: 300, height: 200 });
    expect(made.hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await picture(file)).hash).toBe(made.hash);
  });

  test("of twelve megapixels becomes one that a phone can load", async () => {
    const file = await testPhoto({ width: 4000, height: 3000 }).jpeg().toBuffer();
    const made = await picture(file);
    expect(made.picture).toMatchObject({ width: 2400, height: 1800 });
    expect(made.picture.data.length).toBeLessThan(1024 * 1024);
    expect(made.thumbnail.data.length).toBeLessThan(30 * 1024);
  });
});

describe("what only says it is a picture", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  test.each<[string, string | Buffer, string]>([
    ["HTML", "<!doctype html><script>alert(1)</script>", "not_a_picture"],
    ["SVG", svg, "not_a_picture"],
    ["SVG behind its XML header", `<?xml version="1.0"?>${svg}`, "not_a_picture"],
    ["a zip", Buffer.from("504b0304140000000800", "hex"), "not_a_picture"],
    ["a PDF", "%PDF-1.7", "not_a_picture"],
    ["a GIF", "GIF89a", "not_a_picture"],
    ["nothing", "", "not_a_picture"],
    ["a photo of an iPhone", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "heic"],
    ["HTML behind a PNG's first bytes", Buffer.from("\x89PNG\r\n\x1a\n<html>", "latin1"), "broken"],
    ["SVG behind a JPEG's first bytes", Buffer.from(`\xff\xd8\xff${svg}`, "latin1"), "broken"],
  ])("%s", async (_what, content, problem) => {
    expect(await prepared(content)).toBe(problem);
  });

  test("half a photo is broken", async () => {
    const file = await testPhoto().jpeg().toBuffer();
    expect(await prepared(file.subarray(0, file.length / 2))).toBe("broken");
  });

  test("30,000 × 30,000 pixels are refused by the header, before anything is decoded", async () => {
    expect(await prepared(hugePng(30_000, 30_000))).toBe("too_many_pixels");
    // Just within bounds it is read on, and found to be hollow.
    expect(await prepared(hugePng(8_000, 8_000))).toBe("broken");
  });
});

test("no more than two are decoded at a time, and all get their turn", async () => {
  const file = await testPhoto({ width: 800, height: 600 }).jpeg().toBuffer();
  const path = join(folder, "many");
  await writeFile(path, file);
  let busiest = 0;
  const watch = setInterval(() => (busiest = Math.max(busiest, sharp.counters().process)), 2);
  const made = await Promise.all(Array.from({ length: 8 }, () => preparePicture(path)));
  clearInterval(watch);
  expect(made.filter((one) => typeof one === "string")).toEqual([]);
  expect(busiest).toBeGreaterThan(0);
  expect(busiest).toBeLessThanOrEqual(2);
});
