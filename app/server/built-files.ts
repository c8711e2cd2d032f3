import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import express, { type Request, type RequestHandler } from "express";

/** What the build wrote beside each file of text (scripts/compress-assets.mjs), the smallest first. */
const ENCODINGS = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

/** Names under /assets hold a hash of what is in them; other public files may change. */
export function builtFiles(folder: string): RequestHandler {
  const files = new Set(filesIn(folder));
  const serve = express.static(folder, {
    index: false,
    redirect: false,
    cacheControl: false,
    setHeaders: (res, path) => {
      const forEver = path.startsWith(join(folder, "assets") + sep);
      const age = forEver ? "max-age=31536000, immutable" : "max-age=3600";
      res.setHeader("Cache-Control", `public, ${age}`);
      const packed = ENCODINGS.find(([, ending]) => path.endsWith(ending));
      if (!packed) return;
      const [encoding, ending] = packed;
      res.setHeader("Content-Encoding", encoding);
      res.setHeader("Content-Type", typeOf(path.slice(0, -ending.length)));
    },
  });
  return (req, res, next) => {
    const name = req.path;
    const isPacked = ENCODINGS.some(([, ending]) => name.endsWith(ending));
    // What is beside a file is sent in its place, never under a name of its own.
    if (isPacked || !files.has(name)) return next();
    const ending = packedFor(req, (one) => files.has(name + one));
    if (ENCODINGS.some(([, one]) => files.has(name + one))) res.vary("Accept-Encoding");
    const { url } = req;
    if (ending) req.url = name + ending;
    serve(req, res, (error?: unknown) => {
      req.url = url;
      next(error);
    });
  };
}

function packedFor(req: Request, exists: (ending: string) => boolean): string | null {
  const found = ENCODINGS.find(
    ([encoding, ending]) => exists(ending) && req.acceptsEncodings(encoding) === encoding,
  );
  return found?.[1] ?? null;
}

/** As addresses name them. A build is there before the server starts, and does not change under it. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map(
    (name) => `/${name.replaceAll(sep, "/")}`,
  );
}

function typeOf(file: string): string {
  const type = express.static.mime.lookup(file);
  const charset = express.static.mime.charsets.lookup(type, "");
  return charset ? `${type}; charset=${charset}` : type;
}
