/** A password's length is its only rule besides not being a common one (DESIGN 7). */
export const PASSWORD_MIN = 10;
/** Hashing is paid for by the length, so there is an end to it. */
export const PASSWORD_MAX = 128;

/** Unicode offers several ways to write й: without this a password would fit only the keyboard it was chosen on. */
export function normalisedPassword(password: string): string {
  return password.normalize("NFC");
}

/** As many characters as a reader would count, emoji and all; of a far too long one, only that it is. */
export function passwordLength(password: string): number {
  return password.length > PASSWORD_MAX * 4
    ? password.length
    : [...normalisedPassword(password)].length;
}
