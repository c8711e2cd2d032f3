/**
 * What leaves for the model leaves without people and without where they are paid: addresses, numbers and names give way
 * to a word that says what stood there.
 */
export function maskedText(text: string, names: readonly string[] = []): string {
  const unmarked = text.normalize("NFC").replace(INVISIBLE, "");
  const unaddressed = unmarked
    .replace(EMAIL, "[e-mail]")
    .replace(IBAN, "[account]")
    .replace(IBAN_IN_FOURS, "[account]")
    .replace(LONG_NUMBER, "[number]");
  return [...names]
    .filter((name) => name.trim().length >= SHORTEST_NAME)
    .sort((a, b) => b.length - a.length)
    .reduce((masked, name) => masked.replace(namePattern(name.trim()), "[name]"), unaddressed);
}

/** Shorter ones are parts of words more often than people. */
const SHORTEST_NAME = 3;

/** What would split a number or an address unseen: soft hyphens, zero-width characters, turns of direction. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

const EMAIL =
  /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]+\s?@\s?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/** Kazakhstan's 20 characters however they are grouped, and any other country's in one piece. */
const IBAN =
  /(?<![\p{L}\p{N}])(?:KZ(?:[ -]?[A-Z\d]){18}|[A-Z]{2}\d{2}[A-Z\d]{11,30})(?![\p{L}\p{N}])/giu;
/** Any country's by fours: in capitals, or "on 12 more than half" would be one. */
const IBAN_IN_FOURS =
  /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: [A-Z\d]{4}){2,7}(?: [A-Z\d]{1,3})?(?![\p{L}\p{N}])/gu;

/**
 * Nine digits and more, with what people write between them: phones, cards, personal numbers. A date and a time together,
 * 2026-05-10 14:05:33, go too: nothing is lost by that.
 */
const LONG_NUMBER =
  /(?<![\p{L}\p{N}])[+(]?\p{Nd}(?:[\s().\-–/]{0,3}\p{Nd}){8,24}(?![\p{L}\p{N}])/gu;

// One word may be a word of the language as well, "Admin": it counts as written. Several words are a person anyhow.
function namePattern(name: string): RegExp {
  const words = name
    .normalize("NFC")
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${words.join("\\s+")}(?![\\p{L}\\p{N}])`,
    words.length > 1 ? "giu" : "gu",
  );
}
