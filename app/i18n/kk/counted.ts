/** A Kazakh noun stays singular after a numeral, «1 баг, 12 баг»: mostly both plural forms are one. */
export function counted<const Text extends string>(text: Text): { one: Text; other: Text } {
  return { one: text, other: text };
}
