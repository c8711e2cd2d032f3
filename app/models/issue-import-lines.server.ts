import type { Readable } from "node:stream";

/** The file as a whole cannot be imported; `problems` say what to mend. */
export class ImportFileError extends Error {
  override name = "ImportFileError";
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** Nothing that was meant as a line is so long: it would have to be held in memory whole. */
const LONGEST_LINE = 4_000_000;

/** A physical line without its line break; the first one is number 1. */
export type Line = { readonly number: number; readonly text: string };

/**
 * The lines of a UTF-8 file, with or without a byte order mark, ended by LF or CRLF, one at a time and with the way
 * back. Empty ones are counted and, outside a record, skipped by whoever reads.
 */
export class ImportLines {
  bytesRead = 0;
  /** What was read so far contains something that is not UTF-8, and U+FFFD stands in its place. */
  damaged = false;
  isUtf16 = false;

  readonly #chunks: AsyncIterator<Buffer, undefined>;
  readonly #lenient = new TextDecoder();
  readonly #strict = new TextDecoder("utf-8", { fatal: true });
  /** Put back, the next one last. */
  readonly #waiting: Line[] = [];
  #text = "";
  #position = 0;
  #number = 0;
  #ended = false;

  constructor(stream: Readable) {
    this.#chunks = (stream as AsyncIterable<Buffer, undefined>)[Symbol.asyncIterator]();
  }

  /** Null after the last line. */
  async next(): Promise<Line | null> {
    const waiting = this.#waiting.pop();
    if (waiting !== undefined) return waiting;
    for (;;) {
      const end = this.#text.indexOf("\n", this.#position);
      if (end !== -1) return this.#take(end, end + 1);
      if (this.#ended) {
        const rest = this.#text.length;
        return this.#position < rest ? this.#take(rest, rest) : null;
      }
      if (this.#text.length - this.#position > LONGEST_LINE) {
        throw new ImportFileError([`Line ${this.#number + 1} has no end: this is no CSV file.`]);
      }
      await this.#readMore();
    }
  }

  /** The lines as they were read; the next one read is the first of them. */
  putBack(lines: readonly Line[]): void {
    for (let i = lines.length - 1; i >= 0; i--) {
      const line = lines[i];
      if (line !== undefined) this.#waiting.push(line);
    }
  }

  #take(end: number, next: number): Line {
    const isCrlf = end > this.#position && this.#text[end - 1] === "\r";
    const text = this.#text.slice(this.#position, isCrlf ? end - 1 : end);
    this.#position = next;
    return { number: ++this.#number, text };
  }

  async #readMore(): Promise<void> {
    const { value: chunk } = await this.#chunks.next();
    this.#ended = chunk === undefined;
    if (chunk !== undefined && this.bytesRead === 0) this.isUtf16 = startsUtf16(chunk);
    this.bytesRead += chunk?.length ?? 0;
    this.damaged ||= !this.#isSound(chunk);
    const more = this.#lenient.decode(chunk, { stream: !this.#ended });
    this.#text = this.#text.slice(this.#position) + more;
    this.#position = 0;
  }

  #isSound(chunk: Buffer | undefined): boolean {
    try {
      this.#strict.decode(chunk, { stream: chunk !== undefined });
      return true;
    } catch {
      return false;
    }
  }
}

/** What Excel calls Unicode text. */
function startsUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
