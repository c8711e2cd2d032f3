/** The triage inbox. */
export const triage = {
  title: "Triage",
  inbox: {
    one: "Inbox: {count} untriaged issue across {cycles}",
    other: "Inbox: {count} untriaged issues across {cycles}",
  },
  /** Goes into `inbox` as {cycles}: each number has its own plural. */
  inboxCycles: { one: "{count} cycle", other: "{count} cycles" },

  "zero.title": "Inbox zero",
  "zero.today": "Decided today: {approved}, {rejected}.",
  "zero.approved": { one: "{count} approved", other: "{count} approved" },
  "zero.rejected": { one: "{count} rejected", other: "{count} rejected" },
  "zero.nothing": "Nothing waits for a decision. New issues appear here as testers file them.",
  "zero.filtered": "Nothing in the inbox matches these filters",

  "filter.label": "Filters",
  "filter.cycle": "Cycle",
  "filter.allCycles": "All cycles",
  "filter.remove": "Remove this filter",
  "filter.removeAll": "Remove the filters",

  "list.label": "Inbox",
  "list.own": "yours",
  "list.noRate": "no rate",
  "list.start": "From the top",
  "list.more": "More",

  back: "Inbox",
  previous: "Previous",
  next: "Next",
  neighbours: "Other issues in the inbox",
  number: "#{id}",
  filedBy: "Filed by {name}, {when}",
  missing: "There is no issue #{id}",
  missingBody:
    "The number may be mistyped, or it is still its tester’s draft. The inbox is as it was.",

  duplicateOf: "Number of the original",
  duplicateOfHint: "Such as #123. The tester is told.",
  issueNumber: "Write the number of an issue, such as 123",
  noOriginal: "There is no other issue of this number",
  open: "Open",
  decide: "Decide",

  own: "You filed this issue yourself, so another admin approves it.",
  noSuggestion:
    "The cycle has no rate for this severity: write the amount yourself, or set the rate first.",
  cycleClosed:
    "Its cycle takes no new issues any more, so it is not in the inbox; you can still decide.",
  held: "In batch #{batch}",
  gone: "No longer in the inbox.",
  notDone: "Your decision was not made",
  edited: "{name} changed this issue while you were reading it. Look at it again, then decide.",
  typed: "What you had written",

  approved: "Approved {amount} for #{id}: {title}",
  rejected: "Rejected #{id}: {title} ({reason})",
  undone: "Taken back: #{id} waits for a decision again.",
} as const;
