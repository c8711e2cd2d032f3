import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders, type BusboyInstance } from "@fastify/busboy";
import { LARGEST_SCREENSHOT_BYTES, MOST_SCREENSHOTS } from "~/domain/screenshot";
import { Upload } from "~/http/upload.server";
import { admitBody, BodyAborted, BodyTooLarge, BodyTooSlow } from "./request-body";
import { watchPace } from "./request-pace";

export class BodyMalformed extends Error {}
export class TooManyFields extends Error {}
/** As with a database that is away, the same form works once there is some. */
export class NoRoomForFiles extends Error {}

const DISK_FULL = ["ENOSPC", "EDQUOT"];

const isDiskFull = (error: Error) => "code" in error && DISK_FULL.includes(String(error.code));

/** Every file a form may have, and its text. Beyond it nobody reads on to tell which file was too large. */
const WHOLE_LIMIT = MOST_SCREENSHOTS * LARGEST_SCREENSHOT_BYTES + 12 * 1024 * 1024;

export type MultipartRules = {
  /** Of all text fields together, in bytes; and how many there may be. */
  textLimit: number;
  fieldsLimit: number;
  graceMs?: number | undefined;
  /**
   * Asked at the first file, with the fields before it: whether files are kept. No: they are read and dropped. What it
   * throws ends the reading.
   */
  takesFiles: (fields: URLSearchParams) => Promise<boolean>;
};

export type MultipartForm = { fields: URLSearchParams; upload: Upload };

/**
 * A form with files, taken apart while it arrives: the text in memory, the files on disk, neither beyond its limits.
 * Throws BodyTooLarge, BodyTooSlow, BodyAborted, BodyMalformed, TooManyFields,
 * NoRoomForFiles, and what takesFiles throws.
 */
export async function readMultipart(
  req: IncomingMessage,
  res: ServerResponse,
  rules: MultipartRules,
): Promise<MultipartForm> {
  const parser = parserFor(req, rules);
  admitBody(req, res, WHOLE_LIMIT);
  const form: MultipartForm = { fields: new URLSearchParams(), upload: new Upload() };
  const files = fileKeeper(form, rules);
  try {
    await new Promise<void>((resolve, reject) => {
      collectText(parser, form.fields, rules, reject);
      parser.on("file", (_field, file, name) => files.take(file, name, reject));
      parser.on("filesLimit", () => (form.upload.tooMany = true));
      parser.on("finish", resolve);
      parser.on("error", () => reject(new BodyMalformed()));
      feed(req, parser, rules, reject);
    });
    await files.done();
    return form;
  } catch (error) {
    req.unpipe(parser).pause();
    files.giveUp();
    await files.done().catch(() => {});
    await form.upload.close();
    throw error;
  }
}

function parserFor(
  req: IncomingMessage,
  { textLimit, fieldsLimit }: MultipartRules,
): BusboyInstance {
  const limits = {
    fieldNameSize: 200,
    headerPairs: 20,
    fieldSize: textLimit,
    fields: fieldsLimit,
    files: MOST_SCREENSHOTS,
    fileSize: LARGEST_SCREENSHOT_BYTES,
    parts: fieldsLimit + MOST_SCREENSHOTS + 1,
  };
  try {
    return new Busboy({ headers: req.headers as BusboyHeaders, limits });
  } catch {
    throw new BodyMalformed();
  }
}

type Fail = (error: Error) => void;

function feed(
  req: IncomingMessage,
  parser: BusboyInstance,
  { graceMs }: MultipartRules,
  fail: Fail,
) {
  let bytes = 0;
  const pace = watchPace(req, () => fail(new BodyTooSlow()), graceMs);
  req.on("data", (chunk: Buffer) => {
    if ((bytes += chunk.length) > WHOLE_LIMIT) fail(new BodyTooLarge());
  });
  req.once("error", () => fail(new BodyAborted()));
  req.once("close", () => {
    pace.end();
    if (!req.complete) fail(new BodyAborted());
  });
  req.once("end", pace.end);
  req.pipe(parser);
}

function collectText(
  parser: BusboyInstance,
  fields: URLSearchParams,
  rules: MultipartRules,
  fail: Fail,
) {
  let bytes = 0;
  parser.on("field", (name, value, nameCut, valueCut) => {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    if (nameCut || valueCut || bytes > rules.textLimit) fail(new BodyTooLarge());
    else fields.append(name, value);
  });
  for (const event of ["fieldsLimit", "partsLimit"] as const)
    parser.on(event, () => fail(new TooManyFields()));
}

function fileKeeper({ fields, upload }: MultipartForm, { takesFiles }: MultipartRules) {
  const under: Promise<void>[] = [];
  const streams: Readable[] = [];
  let taken: Promise<boolean> | undefined;
  let folder: Promise<string> | undefined;
  async function keep(file: Readable & { truncated?: boolean }, name: string) {
    const path = join(await (folder ??= newFolder(upload)), String(upload.files.length));
    const place = { name: name.slice(0, 100), path, tooLarge: false };
    upload.files.push(place);
    // The form broke off meanwhile; pipeline() would wait for ever.
    if (file.destroyed) throw new BodyAborted();
    await pipeline(file, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    if (!file.truncated) return;
    upload.files[upload.files.indexOf(place)] = { ...place, tooLarge: true };
    await rm(path);
  }
  async function handle(file: Readable, name: string) {
    // What an empty file field sends.
    if (name === "") return void file.resume();
    if (await (taken ??= takesFiles(fields))) return keep(file, name);
    upload.turnedAway = true;
    file.resume();
  }
  return {
    take(file: Readable, name: string | undefined, fail: Fail) {
      // The form broke off in the middle of this file, maybe before anybody began to read it.
      file.on("error", (error: Error) =>
        fail(isDiskFull(error) ? new NoRoomForFiles() : new BodyMalformed()),
      );
      streams.push(file);
      const work = handle(file, name ?? "");
      work.catch((error: Error) => fail(isDiskFull(error) ? new NoRoomForFiles() : error));
      under.push(work);
    },
    done: async () => void (await Promise.all(under)),
    giveUp: () => streams.forEach((stream) => stream.destroy()),
  };
}

async function newFolder(upload: Upload): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tiyn-upload-"));
  upload.putIn(folder);
  return folder;
}
