import { db } from "~/database/client.server";
import { issueNumber, wordQuery } from "~/domain/search-words";
import { MAX_ROW_ID } from "~/forms/field-types";
import { Prisma } from "~/generated/prisma/client";

/** The issues that a text finds, when they are few; else null: the list is then read in its order until a page is full. */
export type SearchHits = readonly number[] | null;

/**
 * Where both ways cost the same at 1,000,000 issues: fetching this many, or reading the list until 50 of them were met.
 * Which of the two is left to us, because the planner can only guess how often a word occurs.
 */
const FEW = 5_000;

/** Null also when nothing is searched for. */
export async function searchHits(q: string | null): Promise<SearchHits> {
  if (q === null) return null;
  const found = await db().$queryRaw<{ id: number }[]>`
    SELECT s.issue_id AS id FROM issue_search s WHERE ${matches(q)} LIMIT ${FEW + 1}`;
  return found.length > FEW ? null : found.map(({ id }) => id);
}

/** The condition on `i`. Without `hits` it is complete as well, only slower for a word that nearly every issue has. */
export function searched(q: string, hits?: SearchHits): Prisma.Sql {
  const number = issueNumber(q, MAX_ROW_ID);
  const isNumber = number === null ? Prisma.sql`false` : Prisma.sql`i.id = ${number}::int`;
  if (hits) return Prisma.sql`i.id = ANY (${number === null ? hits : [...hits, number]}::int[])`;
  // OFFSET 0: one look-up for each issue, in the order of the list.
  return hits === null
    ? Prisma.sql`(EXISTS (SELECT FROM issue_search s WHERE s.issue_id = i.id AND (${matches(q)}) OFFSET 0) OR ${isNumber})`
    : Prisma.sql`(i.id IN (SELECT s.issue_id FROM issue_search s WHERE ${matches(q)}) OR ${isNumber})`;
}

/** pg_trgm would read every title for less. */
const PART_OF_A_WORD = /[\p{L}\p{N}]{3}/u;

// By the words of title and text, or by any part of the title.
function matches(q: string): Prisma.Sql {
  const query = wordQuery(q);
  if (query === null) return Prisma.sql`false`;
  const words = Prisma.sql`s.words @@ to_tsquery('issue_words', ${query})`;
  if (!PART_OF_A_WORD.test(q)) return words;
  const part = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`${words} OR s.title LIKE latin_letters(${part})`;
}
