/** The word for a stored value; the value itself where it is none that has a word. */
export function storedWord<Value extends string>(
  value: string,
  known: readonly Value[],
  word: (known: Value) => string,
): string {
  const found = known.find((one) => one === value);
  return found === undefined ? value : word(found);
}
