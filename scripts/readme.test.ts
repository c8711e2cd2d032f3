import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const readme = readFileSync("README.md", "utf8");
const scripts = Object.keys(
  (JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> }).scripts,
);
const example = readFileSync(".env.example", "utf8");

const all = (pattern: RegExp) => [...readme.matchAll(pattern)].map((match) => match[1] ?? "");

describe("the README", () => {
  test.each(all(/\]\(([^)#:]+)\)/g))("links to %s, which is there", (path) => {
    // Decisions are named by their number.
    const [folder, name] = [path.slice(0, path.lastIndexOf("/")), path.split("/").at(-1) ?? ""];
    const known = existsSync(path) || readdirSync(folder).some((file) => file.startsWith(name));
    expect(known).toBe(true);
  });

  test.each(all(/`((?:app|prisma|e2e|scripts|docs)\/[\w./-]*)`/g))(
    "names %s, which is there",
    (path) => {
      expect(existsSync(path)).toBe(true);
    },
  );

  test.each(
    [...new Set(all(/npm (?:run )?(test|start|[\w]+(?::\w+)?)/g))].filter((name) => name !== "run"),
  )("names npm run %s, which is there", (name) => {
    expect(scripts).toContain(name);
  });

  test.each(all(/`([A-Z]+_[A-Z_]+)`/g).filter((name) => name !== "EMPTY_DATABASE_URL"))(
    "names the setting %s, which .env.example has",
    (name) => {
      expect(example).toContain(name);
    },
  );

  test("has every folder of app/ on its map", () => {
    const folders = readdirSync("app", { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "generated")
      .map((entry) => entry.name);
    for (const folder of folders) expect(readme).toContain(`${folder}/`);
  });
});
