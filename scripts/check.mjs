// npm run check: everything that must hold before a change is taken, on a fresh clone as well.
import { bringUpToDate } from "./bring-up-to-date.mjs";
import { findBrowser } from "./find-browser.mjs";
import { run, step } from "./run-command.mjs";

const node = process.execPath;
const startedAt = performance.now();
const done = [];

async function check(name, work) {
  done.push({ name, seconds: await step(name, work) });
}

await bringUpToDate("install", "generate");

let browser;
await check("browser", async () => {
  browser = await findBrowser();
});
await check("format", () => run([node, "node_modules/prettier/bin/prettier.cjs", "--check", "."]));
await check("lint", () => run([node, "node_modules/eslint/bin/eslint.js", "."]));
await check("imports", () =>
  run([
    ...[node, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"],
    ...["--config", ".dependency-cruiser.cjs", "app", "prisma", "scripts"],
  ]),
);
await check("types", () => run([node, "node_modules/typescript/bin/tsc", "--noEmit"]));
// The fault tests kill the built app.
await bringUpToDate("build");
await check("unit, database and fault tests", () =>
  run([node, "node_modules/vitest/vitest.mjs", "run"]),
);
await check("browser tests", () =>
  run(
    [node, "node_modules/@playwright/test/cli.js", "test"],
    browser === undefined ? {} : { CHROMIUM_PATH: browser },
  ),
);

console.log("\nAll good:");
for (const { name, seconds } of done) console.log(`  ${name.padEnd(26)} ${seconds.toFixed(1)} s`);
console.log(`  ${"together".padEnd(26)} ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
