// npm start: what runs in production. It installs and builds nothing by itself.
import { existsSync } from "node:fs";
import { serve } from "./serve.mjs";

if (!existsSync("build/server/index.js")) {
  console.error("There is nothing to start yet. Run  npm run build  first.");
  process.exit(1);
}
await serve({ NODE_ENV: "production" });
