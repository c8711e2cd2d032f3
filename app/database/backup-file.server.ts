import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { createGunzip, createGzip } from "node:zlib";
import { DatabaseProblem } from "./database-problem.ts";

/*
 * A backup is one file: a line of JSON that anybody can read (`head -1`), then gzip, then the SHA-256 of all before it.
 * Inside the gzip stand the tables in the header's order, each as PostgreSQL's COPY text in pieces: four bytes of length,
 * then so many bytes; a length of 0 ends a table.
 */

export type BackupHeader = {
  readonly format: "tiyn-backup";
  readonly version: 1;
  /** Of the tiyn that made it. */
  readonly tiyn: string;
  /** When its snapshot was taken, ISO 8601. */
  readonly at: string;
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
  readonly tables: readonly BackupTable[];
  readonly sequences: readonly { readonly name: string; readonly last: string }[];
  /** Σ payments and reversals in minor units, by currency: for the eyes, and compared after loading. */
  readonly paid: Readonly<Record<string, string>>;
};

export type BackupTable = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
};

/** A table's COPY text, in pieces of any size. */
export type CopyText = AsyncIterable<Buffer>;

const HASH_BYTES = 32;
const MAX_HEADER = 1_000_000;
const END_OF_TABLE = Buffer.alloc(4);

/**
 * Writes it under another name, makes sure that it is on the disk, and only then gives it its own. Readable for its owner
 * alone: it holds password hashes and people's names. Throws DatabaseProblem when there is a file of that name already.
 */
export async function writeBackupFile(
  file: string,
  header: BackupHeader,
  tables: AsyncIterable<CopyText>,
): Promise<{ bytes: number }> {
  const unfinished = `${file}.${process.pid}.unfinished`;
  const handle = await open(unfinished, "wx", 0o600);
  try {
    const bytes = await writeHashed(handle, header, tables);
    await handle.sync();
    await handle.close();
    await giveName(unfinished, file);
    return { bytes };
  } finally {
    await handle.close().catch(() => undefined);
    await rm(unfinished, { force: true });
  }
}

async function writeHashed(
  handle: FileHandle,
  header: BackupHeader,
  tables: AsyncIterable<CopyText>,
): Promise<number> {
  const hash = createHash("sha256");
  let bytes = 0;
  const write = async (piece: Buffer) => {
    hash.update(piece);
    bytes += piece.length;
    await handle.writeFile(piece);
  };
  await write(Buffer.from(`${JSON.stringify(header)}\n`));
  const source = Readable.from(framed(tables));
  const packed = source.pipe(createGzip());
  source.once("error", (error) => packed.destroy(error));
  for await (const piece of packed as AsyncIterable<Buffer>) await write(piece);
  await handle.writeFile(hash.digest());
  return bytes + HASH_BYTES;
}

async function* framed(tables: AsyncIterable<CopyText>): AsyncGenerator<Buffer> {
  for await (const table of tables) {
    for await (const piece of table) {
      if (piece.length === 0) continue;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(piece.length);
      yield length;
      yield piece;
    }
    yield END_OF_TABLE;
  }
}

async function giveName(unfinished: string, file: string): Promise<void> {
  try {
    // Unlike a rename, a link never takes the place of a file that came meanwhile.
    await link(unfinished, file);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw alreadyThere(file);
    await rename(unfinished, file);
  }
  const folder = await open(dirname(file), "r");
  // Windows knows no sync of a folder.
  await folder.sync().catch(() => undefined);
  await folder.close();
}

export function alreadyThere(file: string): DatabaseProblem {
  return new DatabaseProblem(`${file} is there already. A backup never overwrites a file.`);
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

export type BackupFile = {
  readonly header: BackupHeader;
  /** SHA-256 of its content, in hex: it was compared with the file's end. */
  readonly hash: string;
  /** The tables' texts in the header's order. Each must be read to its end before the next. */
  readonly tables: () => AsyncGenerator<CopyText>;
};

/** Reads the whole file once, and opens it only if not one byte of it is missing or changed. Throws DatabaseProblem. */
export async function openBackupFile(file: string): Promise<BackupFile> {
  const handle = await open(file, "r").catch((error: unknown) => {
    throw new DatabaseProblem(`Cannot read ${file}: ${(error as Error).message}`);
  });
  try {
    const { size } = await handle.stat();
    const start = Buffer.alloc(Math.min(size, MAX_HEADER));
    await handle.read(start, 0, start.length, 0);
    const line = start.indexOf("\n");
    const header = parseHeader(line < 0 ? "" : start.toString("utf8", 0, line), file);
    const end = size - HASH_BYTES;
    const expected = Buffer.alloc(HASH_BYTES);
    if (end > line) await handle.read(expected, 0, HASH_BYTES, end);
    const hash = end > line ? await hashOf(file, end) : "";
    if (hash !== expected.toString("hex")) {
      throw new DatabaseProblem(`${file} is damaged or incomplete: its checksum does not agree.`);
    }
    return { header, hash, tables: () => readTables(file, line + 1, end) };
  } finally {
    await handle.close();
  }
}

function parseHeader(line: string, file: string): BackupHeader {
  let header: Partial<BackupHeader> = {};
  try {
    header = JSON.parse(line) as Partial<BackupHeader>;
  } catch {
    // Said below, as of any other file.
  }
  if (header.format !== "tiyn-backup") {
    throw new DatabaseProblem(`${file} is not a backup that tiyn made.`);
  }
  if (header.version !== 1) {
    throw new DatabaseProblem(`${file} was made by a newer tiyn (${header.tiyn ?? "?"}).`);
  }
  return header as BackupHeader;
}

async function hashOf(file: string, end: number): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file, { end: end - 1 })) hash.update(piece as Buffer);
  return hash.digest("hex");
}

async function* readTables(file: string, start: number, end: number): AsyncGenerator<CopyText> {
  const packed = createReadStream(file, { start, end: end - 1 });
  const unpacked = packed.pipe(createGunzip());
  packed.once("error", (error) => unpacked.destroy(error));
  try {
    const take = taker(unpacked);
    while (!(await take.isAtEnd())) yield pieces(take);
  } finally {
    unpacked.destroy();
    packed.destroy();
  }
}

async function* pieces(take: ReturnType<typeof taker>): AsyncGenerator<Buffer> {
  for (;;) {
    const length = (await take(4)).readUInt32BE();
    if (length === 0) return;
    yield await take(length);
  }
}

/** Takes exactly so many bytes off a stream. */
function taker(stream: AsyncIterable<Buffer>) {
  const source = stream[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  async function fill(bytes: number): Promise<boolean> {
    const parts = [held];
    let length = held.length;
    while (length < bytes) {
      const next = await source.next();
      if (next.done === true) break;
      parts.push(next.value);
      length += next.value.length;
    }
    if (parts.length > 1) held = Buffer.concat(parts);
    return held.length >= bytes;
  }
  const take = async (bytes: number): Promise<Buffer> => {
    if (!(await fill(bytes))) throw new DatabaseProblem("The backup ends in the middle.");
    const taken = held.subarray(0, bytes);
    held = held.subarray(bytes);
    return taken;
  };
  return Object.assign(take, { isAtEnd: async () => !(await fill(1)) });
}
