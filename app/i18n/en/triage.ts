/** The triage inbox. */
export const triage = {
  title: "Triage",
  inbox: {
    one: "Inbox: {count} untriaged issue across {cycles}",
    other: "Inbox: {count} untriaged issues across {cycles}",
  },
  /** Goes into `inbox` as {cycles}: each number has its own plural. */
  inboxCycles: { one: "{count} cycle", other: "{count} cycles" },
} as const;
