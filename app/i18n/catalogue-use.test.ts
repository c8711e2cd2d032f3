import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { en } from "./en";

const APP = new URL("..", import.meta.url);

/** The app's own sources, without tests, the catalogues and what is generated. */
const source = readdirSync(APP, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|^generated\/|^i18n\/\w\w\//.test(file))
  .map((file) => readFileSync(new URL(file.replaceAll("%", "%25"), APP), "utf8"))
  .join("\n");

/** "words.severity." of `words.severity.${severity}`. */
const beginnings = [...source.matchAll(/`(\w+\.[\w.]*)\$\{/g)].map((match) => match[1] ?? "");

function isUsed(key: string): boolean {
  return source.includes(`"${key}"`) || beginnings.some((start) => key.startsWith(start));
}

test("a message that no page shows any more is not translated either", () => {
  const keys = Object.entries(en).flatMap(([area, messages]) =>
    Object.keys(messages).map((name) => `${area}.${name}`),
  );
  expect(keys.filter((key) => !isUsed(key))).toEqual([]);
});
