import { z } from "zod";
import { db } from "~/database/client.server";
import { maskedText } from "~/domain/masked-text";
import { modelLine } from "~/domain/model-text";
import { SEVERITIES } from "~/domain/severity";
import * as limits from "~/domain/suggestion";
import { namesIn } from "./names-in-text.server";
import { similarIssues } from "./similar-issues.server";
import { GROUND_RULES, type Question } from "./suggestion-question";

const ANSWER = z.object({
  summary: z.string().describe("What goes wrong, where, in one sentence"),
  severity: z.enum(SEVERITIES),
  severityReason: z.string().describe("One sentence"),
  duplicateIndex: z
    .int()
    .nullable()
    .describe("The candidate that reports the same defect, or null"),
  duplicateReason: z.string().nullable().describe("One sentence; null without a duplicate"),
  lacks: z
    .array(z.string())
    .describe("What a developer would still have to ask the writer, if anything"),
});

const SYSTEM = `${GROUND_RULES}

The document holds one "report" and "candidates", other reports with similar words. Answer in the language of the report.
Severity: critical is money or data lost, a crash or a way in for strangers, for many; high is a main function that
fails without a way around; medium is a function that fails with a way around, or rarely; low is looks and words.
A candidate is a duplicate only if fixing it would fix this report too; if unsure, null.
"lacks": at most ${limits.MOST_LACKS} short points such as steps, device, browser, expected result; only what is really missing.`;

/** Thinking is part of it. */
const MOST_OUTPUT_TOKENS = 4_000;
const TIMEOUT_MS = 45_000;

type Candidate = { readonly id: number; readonly title: string; readonly body: string };

/** What is asked about an issue; null when it is no longer the text that the suggestion was to be about. */
export async function intakeQuestion(issueId: number, hash: string): Promise<Question | null> {
  const [issue] = await db().$queryRaw<{ title: string; body: string; testerId: number }[]>`
    SELECT title, body, tester_id AS "testerId" FROM issues
     WHERE id = ${issueId} AND status <> 'draft' AND suggestion_hash(title, body) = ${hash}`;
  if (!issue) return null;
  const candidates = await candidatesOf(issueId);
  const texts = [issue, ...candidates].flatMap(({ title, body }) => [title, body]);
  const names = await namesIn(texts.join("\n"), issue.testerId);
  const sent = ({ title, body }: { title: string; body: string }, longest: number) => ({
    title: maskedText(title, names),
    // Masked first: half a number would not be known for one.
    text: maskedText(body, names).slice(0, longest),
  });
  const content = {
    report: sent(issue, limits.LONGEST_SENT_BODY),
    candidates: candidates.map((candidate, at) => ({
      index: at + 1,
      ...sent(candidate, limits.LONGEST_SENT_CANDIDATE),
    })),
  };
  return {
    system: SYSTEM,
    content: JSON.stringify(content),
    answer: ANSWER,
    maxTokens: MOST_OUTPUT_TOKENS,
    timeoutMs: TIMEOUT_MS,
    read: (json) => intakeOf(json, candidates),
  };
}

async function candidatesOf(issueId: number): Promise<Candidate[]> {
  const similar = await similarIssues(issueId);
  const found = await db().issue.findMany({
    where: { id: { in: similar.map(({ id }) => id) } },
    select: { id: true, title: true, body: true },
  });
  return similar.flatMap(({ id }) => found.find((issue) => issue.id === id) ?? []);
}

/** The answer, of which a duplicate that was no candidate is no part. Null for what is no answer. */
export function intakeOf(
  json: unknown,
  candidates: readonly { readonly id: number }[],
): limits.IntakeSuggestion | null {
  const answer = ANSWER.safeParse(json).data;
  const summary = answer && modelLine(answer.summary, limits.LONGEST_SUMMARY);
  const severityReason = answer && modelLine(answer.severityReason, limits.LONGEST_REASON);
  if (!summary || !severityReason) return null;
  const named = answer.duplicateIndex === null ? undefined : candidates[answer.duplicateIndex - 1];
  const reason = modelLine(answer.duplicateReason ?? "", limits.LONGEST_REASON);
  return {
    ...{ summary, severity: answer.severity, severityReason },
    duplicateOf: named && reason ? named.id : null,
    duplicateReason: named ? reason : null,
    lacks: answer.lacks
      .flatMap((lack) => modelLine(lack, limits.LONGEST_LACK) ?? [])
      .slice(0, limits.MOST_LACKS),
  };
}
