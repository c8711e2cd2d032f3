/**
 * How much two titles look the same, 0 to 1: the share of three-letter pieces of words that they have in common. Written
 * here because pg_trgm sees only the letters that a database's locale knows, and many know no Cyrillic.
 */
export function titleLikeness(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)];
  const common = [...left].filter((piece) => right.has(piece)).length;
  const all = left.size + right.size - common;
  return all === 0 ? 0 : common / all;
}

function pieces(title: string): Set<string> {
  const words =
    title
      .toLowerCase()
      .normalize("NFKC")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.flatMap((word) => {
      const padded = `  ${word} `;
      return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3));
    }),
  );
}
