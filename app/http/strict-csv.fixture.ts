const BYTE_ORDER_MARK = "\ufeff";

/**
 * RFC 4180 to the letter, by a grammar of its own: a byte order mark, every record ended by CRLF, quotes only around whole
 * cells, no lone CR or LF outside of them. Throws at the first byte that is anything else.
 */
export function readStrictCsv(bytes: Uint8Array, separator: "," | ";"): string[][] {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  if (!text.startsWith(BYTE_ORDER_MARK)) throw new Error("It has no byte order mark.");
  const records: string[][] = [];
  let record: string[] = [];
  let at = BYTE_ORDER_MARK.length;
  while (at < text.length) {
    const { cell, end } = text[at] === '"' ? quoted(text, at) : plain(text, at, separator);
    record.push(cell);
    at = end;
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    if (!text.startsWith("\r\n", at)) throw new Error(`No CRLF at ${at}.`);
    records.push(record);
    record = [];
    at += 2;
  }
  if (record.length > 0) throw new Error("The last record is not ended.");
  return records;
}

function quoted(text: string, start: number): { cell: string; end: number } {
  let cell = "";
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw new Error(`The quote at ${start} is never closed.`);
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 };
    cell += '"';
    at = quote + 2;
  }
}

function plain(text: string, start: number, separator: string): { cell: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== "\r") {
    if (text[end] === '"' || text[end] === "\n")
      throw new Error(`A bare ${JSON.stringify(text[end])} at ${end}.`);
    end += 1;
  }
  return { cell: text.slice(start, end), end };
}
