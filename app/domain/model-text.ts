/** What a model wrote, as pages may show it: text alone, of a length that does not spoil them. */

/** One paragraph; null when nothing is left. Links go: nobody is to follow what a report made the model say. */
export function modelLine(text: string, longest: number): string | null {
  const line = text
    .normalize("NFC")
    .replace(UNPRINTABLE, " ")
    .replace(LINK, " ")
    .replace(/\s+/g, " ")
    .trim();
  return line === "" ? null : shortened(line, longest);
}

/** The same without any sentence that holds a digit: figures come from the database and not from a model. */
export function modelWords(text: string, longest: number): string | null {
  const line = modelLine(text, Number.MAX_SAFE_INTEGER);
  const kept = (line ?? "").split(SENTENCES).filter((sentence) => !/\p{N}/u.test(sentence));
  return modelLine(kept.join(" "), longest);
}

/** So that Markdown takes it for plain text, wherever it stands. */
export function markdownText(text: string): string {
  return text.replace(/[\\`*_[\]<>|~]|^[#+\-=]/g, "\\$&");
}

/** Control characters, turns of direction, and what has no width. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
const LINK = /(?:\b[a-z][a-z\d+.-]*:\/\/|\bwww\.|\bmailto:)\S*/gi;
const SENTENCES = /(?<=[.!?…])\s+/u;

function shortened(line: string, longest: number): string {
  const letters = [...line];
  if (letters.length <= longest) return line;
  const cut = letters.slice(0, longest - 1).join("");
  return `${cut.replace(/\s+\S*$/, "") || cut}…`;
}
