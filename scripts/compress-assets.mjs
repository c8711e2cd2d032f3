// Part of the build: beside each built file of text its brotli and gzip, as small as they get. The server sends them as they
// are (app/server/built-files.ts); compressing anew for every visitor would have to be quick instead.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = /\.(css|js|svg|webmanifest|json|txt)$/;
/** Smaller ones fit into one packet as they are. */
const LEAST_BYTES = 1024;

/** @param {string} folder */
export function compressAssets(folder) {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!TEXT.test(name)) continue;
    const file = join(folder, name);
    const text = readFileSync(file);
    if (text.length < LEAST_BYTES) continue;
    const size = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
    writeFileSync(`${file}.br`, brotliCompressSync(text, { params: size }));
    writeFileSync(`${file}.gz`, gzipSync(text, { level: constants.Z_BEST_COMPRESSION }));
  }
}
