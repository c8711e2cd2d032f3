// npm run dev: the server with every change to the source seen at once.
import { bringUpToDate } from "./bring-up-to-date.mjs";
import { serve } from "./serve.mjs";

await bringUpToDate("install", "generate");
await serve({ NODE_ENV: "development" });
