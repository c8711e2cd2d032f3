import type { Money } from "./money";
import type { Severity } from "./severity";

/** What a model says of one report, checked: nothing but words, a severity and an issue that was among the candidates. */
export type IntakeSuggestion = {
  readonly summary: string;
  readonly severity: Severity;
  readonly severityReason: string;
  readonly duplicateOf: number | null;
  readonly duplicateReason: string | null;
  /** What its writer could still add, at most MOST_LACKS of them. */
  readonly lacks: readonly string[];
};

/** What a model says of a cycle: words, and the ids of issues. Figures are counted from those. */
export type CycleSuggestion = {
  readonly overview: string;
  readonly areas: readonly { readonly name: string; readonly issueIds: readonly number[] }[];
  readonly standsOut: readonly Remark[];
  readonly staysOpen: readonly Remark[];
  readonly advice: readonly string[];
};

export type Remark = { readonly text: string; readonly issueIds: readonly number[] };

export const LONGEST_SUMMARY = 200;
export const LONGEST_REASON = 300;
export const LONGEST_LACK = 160;
export const MOST_LACKS = 5;
export const LONGEST_OVERVIEW = 1_200;
export const LONGEST_REMARK = 400;
export const LONGEST_AREA = 60;
export const MOST_AREAS = 12;
export const MOST_REMARKS = 6;

/** Of a report's text and of a candidate's: what comes after tells little, and costs. */
export const LONGEST_SENT_BODY = 8_000;
export const LONGEST_SENT_CANDIDATE = 400;
/** Of a cycle: the worst and then the newest. */
export const MOST_SENT_ISSUES = 150;

/** What became of a request. All but `answered` leave the page without a suggestion. */
export const OUTCOMES = [
  ...(["answered", "refused", "nonsense", "empty", "cut_off"] as const),
  ...(["timeout", "rate_limited", "unavailable", "misconfigured", "stopped"] as const),
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why there is no suggestion (yet): an outcome, or something that was known before asking. */
export type Trouble = Exclude<Outcome, "answered"> | "budget" | "outdated";

/** These pass by themselves. */
const PASSING: readonly Outcome[] = ["timeout", "rate_limited", "unavailable", "stopped"];

/** Requests for one suggestion, at most. */
export const MOST_TRIES = 5;

/** Whether to ask again by itself after so many tries. */
export function asksAgain(outcome: Outcome, tries: number): boolean {
  return PASSING.includes(outcome) && tries < MOST_TRIES;
}

const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 60 * 60_000;

/**
 * How long to wait before the next try: what the service asked for, else longer each time. `luck`, 0 to 1, keeps several
 * copies of the app from coming back at the same moment.
 */
export function pauseBeforeTry(tries: number, askedMs: number | null, luck: number): number {
  const own = FIRST_PAUSE_MS * 4 ** Math.max(0, tries - 1);
  return Math.round(Math.min(LONGEST_PAUSE_MS, askedMs ?? own) * (1 + luck / 4));
}

/**
 * The most tokens that so much text can be. A token is seldom shorter than two bytes, and a letter of Cyrillic has two.
 */
export function mostTokens(bytes: number): number {
  return Math.ceil(bytes / 2);
}

/** US dollars per million tokens, which are micro-dollars per token. */
type Price = { readonly input: number; readonly output: number };

/**
 * List prices in US dollars per million tokens (platform.claude.com, November 2026), for requests as short as ours. The
 * cost of another model is not known.
 */
const PRICES: Readonly<Record<string, Price>> = {
  "claude-haiku-5-5": { input: 0.1, output: 0.5 },
  "claude-sonnet-5-5": { input: 2, output: 10 },
  "claude-opus-5-5": { input: 4, output: 20 },
  "claude-haiku-4-5": { input: 1, output: 5 },
};

/** In micro-dollars, rounded up; null where the price is not known. */
export function costMicroUsd(model: string, input: number, output: number): number | null {
  const price = PRICES[model];
  return price ? Math.ceil(input * price.input + output * price.output) : null;
}

/** To show: micro-dollars in whole cents, rounded up, so that something asked for never looks free. */
export function costShown(microUsd: number): Money {
  return { currency: "USD", amount: Math.ceil(microUsd / 10_000) };
}
