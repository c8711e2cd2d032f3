import { config, z } from "zod";

// Zod tries whether it may make code out of text. The pages' policy forbids that, and browsers report even a try.
if (typeof document !== "undefined") config({ jitless: true });

/** What forms and filters take zod from, so that the line above comes before the first schema. */
export { z };
