/** What somebody searches for, as words: lower case, ё as е, whatever stands between them left out. */
export function searchWords(said: string): string[] {
  const plain = said.toLowerCase().replaceAll("ё", "е");
  return plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** A shorter beginning would mean half of all words. */
const SHORTEST_BEGINNING = 3;

/**
 * The words as SQL's to_tsquery takes them: all of them, the last one perhaps only begun. Null when there are none.
 * They hold nothing but letters and digits, so nothing of them is an operator.
 */
export function wordQuery(said: string): string | null {
  const words = searchWords(said);
  const last = words.at(-1);
  if (last === undefined) return null;
  const query = words.join(" & ");
  return [...last].length >= SHORTEST_BEGINNING ? `${query}:*` : query;
}

/** The number of an issue, when that is what was written: "#12" or "12". */
export function issueNumber(said: string, largest: number): number | null {
  const number = Number(/^#?([1-9]\d{0,9})$/.exec(said)?.[1]);
  return number <= largest ? number : null;
}
