import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import base from "../playwright.config";

// npm run images: takes the README's pictures anew, from the demo data alone.
export default {
  ...base,
  testDir: ".",
  globalTeardown: fileURLToPath(new URL("teardown.ts", import.meta.url)),
  webServer: {
    ...base.webServer,
    cwd: dirname(dirname(fileURLToPath(import.meta.url))),
  },
  projects: [
    {
      name: "images",
      testMatch: "images.spec.ts",
      use: { ...base.projects?.[0]?.use, viewport: { width: 1080, height: 720 } },
    },
  ],
};
