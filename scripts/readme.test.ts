import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const readme = readFileSync("README.md", "utf8");
const scripts = Object.keys(
  (JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> }).scripts,
);
const example = readFileSync(".env.example", "utf8");

/** What the first group matches, each once. */
const all = (pattern: RegExp) => [
  ...new Set([...readme.matchAll(pattern)].map((match) => match[1] ?? "")),
];

describe("the README", () => {
  test.each(all(/\]\(([^)#:]+)\)/g))("links to %s, which is there", (path) => {
    expect(existsSync(path)).toBe(true);
  });

  test.each(all(/`((?:app|prisma|e2e|scripts|docs)\/[\w./-]*)`/g))(
    "names %s, which is there",
    (path) => {
      expect(existsSync(path)).toBe(true);
    },
  );

  test.each(all(/(?:`|^)npm (?:run )?([\w:]+)/gm))("names npm %s, which is there", (name) => {
    expect(scripts).toContain(name);
  });

  test.each(all(/`([A-Z]+_?[A-Z_]+)`/g))("names %s, which .env.example has", (name) => {
    expect(example).toContain(name);
  });

  test("has every folder of app/ on its map", () => {
    const folders = readdirSync("app", { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "generated")
      .map((entry) => entry.name);
    for (const folder of folders) expect(readme).toContain(`${folder}/`);
  });
});

describe("docs/security.md", () => {
  const security = readFileSync("docs/security.md", "utf8");
  const named = new Set(
    [...security.matchAll(/`((?:app|prisma|e2e|scripts)\/[^`]+)`/g)].map((m) => m[1] ?? ""),
  );

  test.each([...named])("names %s, which is there", (path) => {
    expect(existsSync(path)).toBe(true);
  });
});
