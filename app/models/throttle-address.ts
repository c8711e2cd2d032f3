import { isIPv6 } from "node:net";

/**
 * Whose tries are counted together. A household or a rented server has a whole IPv6 /64 and could use a new address for
 * every try; one IPv4 address is one.
 */
export function throttleAddress(address: string): string {
  if (!isIPv6(address)) return address;
  return `${expanded(address).slice(0, 4).join(":")}::/64`;
}

/** The eight groups, without leading zeros: "2001:db8::1" → ["2001", "db8", "0", …, "1"]. */
function expanded(address: string): string[] {
  const [withoutZone = ""] = address.split("%", 1);
  const [head = "", tail] = withoutZone.split("::");
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = Array<string>(Math.max(8 - left.length - right.length, 0)).fill("0");
  return [...left, ...zeros, ...right];
}

function groups(part: string): string[] {
  if (part === "") return [];
  return part.split(":").map((group) => group.replace(/^0+(?=.)/, "").toLowerCase());
}
