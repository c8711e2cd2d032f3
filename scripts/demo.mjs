// npm run demo: from a fresh clone to a running tiyn with people in it. Ctrl-C stops everything.
import { bringUpToDate } from "./bring-up-to-date.mjs";
import { serve } from "./serve.mjs";

await bringUpToDate("install", "generate", "build");
await serve({ NODE_ENV: "production", TIYN_DEMO: "1" });
