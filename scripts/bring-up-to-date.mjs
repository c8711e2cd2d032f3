// Installs, generates and builds what is missing or older than what it is made from; nothing else.
// Only Node's own modules here: on a fresh clone there are no others yet.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compressAssets } from "./compress-assets.mjs";
import { run, step } from "./run-command.mjs";

const stampDir = "node_modules/.cache/tiyn";

const steps = {
  install: { title: "Installing packages", isDone: isInstalled, work: install },
  generate: {
    title: "Generating the database client",
    isDone: () => existsSync("app/generated/prisma/client.ts") && isStamped("generate"),
    work: async () => {
      await run(
        [process.execPath, "node_modules/prisma/build/index.js", "generate"],
        // The command wants its migration engine, which it would download, even where it never runs it:
        // any program will do. And it shall not look for news on the way.
        { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
      );
      stamp("generate");
    },
  },
  build: {
    title: "Building",
    isDone: () => existsSync("build/server/index.js") && isStamped("build"),
    work: async () => {
      const remix = "node_modules/@remix-run/dev/dist/cli.js";
      await run([process.execPath, remix, "vite:build"], { NODE_ENV: "production" });
      compressAssets("build/client");
      stamp("build");
    },
  },
};

const inputs = {
  generate: ["package-lock.json", "prisma.config.ts", "prisma/schema.prisma"],
  build: [
    ...["package-lock.json", "remix.config.js", "tsconfig.json", "vite.config.ts"],
    ...["scripts/catalogue-addresses.ts", "scripts/compress-assets.mjs"],
    ...["app", "prisma/schema.prisma", "public"],
  ],
};

/** @param {...("install" | "generate" | "build")} names in the order they depend on each other */
export async function bringUpToDate(...names) {
  process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
  for (const name of names) {
    const { title, isDone, work } = steps[name];
    if (!isDone()) await step(title, work);
  }
}

/**
 * Compares what npm says it installed with the lockfile, package by package: times would lie after a
 * `git checkout`, and a package folder is no proof of its version.
 */
function isInstalled() {
  const installed = readJson("node_modules/.package-lock.json")?.packages;
  const wanted = readJson("package-lock.json").packages;
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === "") return true;
    const found = installed[path];
    // What is optional is often made for another kind of machine.
    if (found === undefined) return optional === true;
    return found.version === version && found.integrity === integrity;
  });
}

async function install() {
  // The very npm that runs this script, if one does; found by its path, it needs no shell on Windows.
  const npm = process.env.npm_execpath;
  const command = npm === undefined ? ["npm"] : [process.execPath, npm];
  await run([...command, "ci", "--include=dev", "--loglevel=error"]);
}

function isStamped(name) {
  const file = join(stampDir, name);
  return existsSync(file) && readFileSync(file, "utf8") === fingerprint(name);
}

function stamp(name) {
  mkdirSync(stampDir, { recursive: true });
  writeFileSync(join(stampDir, name), fingerprint(name));
}

function fingerprint(name) {
  const hash = createHash("sha256");
  for (const file of inputs[name].flatMap(filesIn)) {
    hash.update(`${file}\n`).update(readFileSync(file)).update("\n");
  }
  return hash.digest("hex");
}

/** Tests change often and nothing is built from them; what is generated follows from the schema. */
function filesIn(path) {
  if (!existsSync(path) || path === join("app", "generated")) return [];
  if (!statSync(path).isDirectory()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await bringUpToDate(...process.argv.slice(2));
