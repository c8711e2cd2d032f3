const NO_BREAK_SPACE = "\u00a0";

/** Between a number and its noun, after №, and before a dash: no line ends or begins there. */
const UNBREAKABLE = /(?<=\{count\}) (?=\p{L})|(?<=№) (?=\{)| (?=—)/gu;

/** A message as it is printed: `{count} баг` holds together, and no line begins with a dash. */
export function typeset(message: string): string {
  return message.replace(UNBREAKABLE, NO_BREAK_SPACE);
}
