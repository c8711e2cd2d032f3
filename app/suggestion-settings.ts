import { z } from "zod";
import { isLoopback } from "./oidc-settings";

/** Suggestions beside an issue (docs/decisions/020). */
export type SuggestionSettings = {
  apiKey: string;
  /** Where requests go. */
  baseUrl: URL;
  model: string;
  /** Tokens in and out of one day of the team, over all copies of the app. */
  dailyTokens: number;
};

const DEFAULT_BASE_URL = "https://api.anthropic.com";
const WHOLE = "must be a whole number of tokens, such as 500000";

export const suggestionVariables = {
  // A header: what is no printable ASCII would only fail at the first request.
  ANTHROPIC_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{1,500}$/, "must be one line without spaces, as the console shows it")
    .optional(),
  ANTHROPIC_BASE_URL: z
    .string()
    .refine(isServiceUrl, `must begin with https://, such as ${DEFAULT_BASE_URL}`)
    .default(DEFAULT_BASE_URL),
  SUGGESTION_MODEL: z
    .string()
    .regex(/^[\w.:@/-]{1,200}$/, "must be the name of a model, such as claude-haiku-5-5")
    .default("claude-haiku-5-5"),
  SUGGESTION_DAILY_TOKENS: z.coerce
    .number(WHOLE)
    .int(WHOLE)
    .min(0, WHOLE)
    .max(2_000_000_000, "must be at most 2000000000")
    .default(500_000),
};

type Given = z.output<z.ZodObject<typeof suggestionVariables>>;

/** Null without a key: then nothing of it is there. */
export function suggestionSettings(given: Given): SuggestionSettings | null {
  const { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, SUGGESTION_MODEL, SUGGESTION_DAILY_TOKENS } =
    given;
  if (ANTHROPIC_API_KEY === undefined) return null;
  return {
    apiKey: ANTHROPIC_API_KEY,
    baseUrl: new URL(ANTHROPIC_BASE_URL),
    model: SUGGESTION_MODEL,
    dailyTokens: SUGGESTION_DAILY_TOKENS,
  };
}

/** The key goes there in the clear, but for a service on this very machine. */
function isServiceUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.username || url.password || url.search || url.hash) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
}
