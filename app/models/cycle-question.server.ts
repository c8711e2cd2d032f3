import { z } from "zod";
import { db } from "~/database/client.server";
import type { CycleFacts } from "~/domain/cycle-facts";
import { maskedText } from "~/domain/masked-text";
import { modelWords } from "~/domain/model-text";
import * as limits from "~/domain/suggestion";
import { namesIn } from "./names-in-text.server";
import { GROUND_RULES, type Question } from "./suggestion-question";

const REMARK = z.object({
  text: z.string(),
  issues: z.array(z.int()).describe("Indexes of the issues it is about"),
});

const ANSWER = z.object({
  overview: z.string().describe("Two to four sentences"),
  areas: z.array(z.object({ name: z.string(), issues: z.array(z.int()) })),
  standsOut: z.array(REMARK),
  staysOpen: z.array(REMARK),
  advice: z.array(z.string()),
});

const LANGUAGES: Readonly<Record<string, string>> = { en: "English", ru: "Russian", kk: "Kazakh" };

const system = (locale: string) => `${GROUND_RULES}

The document lists the issues of one testing cycle, worst first, with severity and status. Answer in ${LANGUAGES[locale] ?? "English"}.
"areas": parts of the product, at most ${limits.MOST_AREAS}, each issue in the one that fits best. "standsOut": what an admin should know,
at most ${limits.MOST_REMARKS}. "staysOpen": defects that are neither fixed nor closed and matter most, at most ${limits.MOST_REMARKS}. "advice": where
to test next, at most ${limits.MOST_REMARKS}. Write no figures at all, neither digits nor counts in words, and no version numbers:
the page counts by itself from the indexes you give. A sentence with a digit is thrown away.`;

const MOST_OUTPUT_TOKENS = 10_000;
const TIMEOUT_MS = 90_000;

/** Asked about the facts that the job holds, whatever the cycle has become since; its titles are those of now. */
export async function cycleQuestion(facts: CycleFacts, locale: string): Promise<Question> {
  const found = await db().issue.findMany({
    where: { id: { in: facts.issues.map(({ id }) => id) } },
    select: { id: true, title: true },
  });
  const titles = new Map(found.map(({ id, title }) => [id, title]));
  const names = await namesIn([...titles.values()].join("\n"), null);
  const issues = facts.issues.map(({ id, severity, status }, at) => ({
    ...{ index: at + 1, severity, status },
    title: maskedText(titles.get(id) ?? "", names),
  }));
  return {
    system: system(locale),
    content: JSON.stringify({ issues }),
    answer: ANSWER,
    maxTokens: MOST_OUTPUT_TOKENS,
    timeoutMs: TIMEOUT_MS,
    read: (json) => cycleSuggestionOf(json, facts),
  };
}

/** The words of the answer, without a figure, about issues of the cycle alone. Null for what is no answer. */
export function cycleSuggestionOf(json: unknown, facts: CycleFacts): limits.CycleSuggestion | null {
  const answer = ANSWER.safeParse(json).data;
  const overview = answer && modelWords(answer.overview, limits.LONGEST_OVERVIEW);
  if (!overview) return null;
  const idsOf = (indexes: readonly number[]) =>
    [...new Set(indexes)].flatMap((index) => facts.issues[index - 1]?.id ?? []);
  const remarks = (said: readonly z.output<typeof REMARK>[]) =>
    said
      .flatMap(({ text, issues }) => {
        const words = modelWords(text, limits.LONGEST_REMARK);
        return words ? [{ text: words, issueIds: idsOf(issues) }] : [];
      })
      .slice(0, limits.MOST_REMARKS);
  return {
    overview,
    areas: areasOf(answer.areas, idsOf),
    standsOut: remarks(answer.standsOut),
    staysOpen: remarks(answer.staysOpen),
    advice: answer.advice
      .flatMap((text) => modelWords(text, limits.LONGEST_REMARK) ?? [])
      .slice(0, limits.MOST_REMARKS),
  };
}

/** Each issue in the first area that claims it, or the areas would count it twice. */
function areasOf(
  said: z.output<typeof ANSWER>["areas"],
  idsOf: (indexes: readonly number[]) => number[],
): limits.CycleSuggestion["areas"] {
  const placed = new Set<number>();
  return said.slice(0, limits.MOST_AREAS).flatMap(({ name: said, issues }) => {
    const name = modelWords(said, limits.LONGEST_AREA);
    const issueIds = name ? idsOf(issues).filter((id) => !placed.has(id)) : [];
    issueIds.forEach((id) => placed.add(id));
    return name && issueIds.length > 0 ? [{ name, issueIds }] : [];
  });
}
