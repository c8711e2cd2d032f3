/** What was taken back: reversals by their kind, paid issues whose money was kept, and commitments cancelled. */
export const VOID_KINDS = ["bounced", "never_sent", "returned", "kept", "cancelled"] as const;
export type VoidKind = (typeof VOID_KINDS)[number];

/** `?kind=`; anything else means all. */
export function parseVoidKind(text: string | null): VoidKind | null {
  return VOID_KINDS.find((kind) => kind === text) ?? null;
}
