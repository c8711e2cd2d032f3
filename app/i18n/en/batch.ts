/** One batch: what to send, how it was sent, and everything that happened to it afterwards. */
export const batch = {
  // What to send
  csv: "CSV for the bank",
  "csv.semicolons": "with semicolons",
  csvClosed: "This batch no longer waits to be paid, so there is no file for the bank.",
  copy: "Copy",
  copyOf: "Copy the {what} of {name}",
  copied: "Copied",
  copySelected: "Selected",
  otherDetails: "Another method or date",
  showIssues: { one: "{count} issue", other: "{count} issues" },
  paidIssues: { one: "{count} issue paid", other: "{count} issues paid" },
  payeeNow: "The payee details changed after this batch was prepared. They are now:",
  "payeeNow.hint": "To pay there, leave this line out and prepare it again.",
  "payeeNow.none": "no account",
  warningsLead: "Look at the warnings of:",
  signature: "Signature",
  preparedFor: "Sent by",
  leftOutTitle: "Left out",

  // What was recorded
  receipt: "Paid",
  cancelledTitle: "Was to be paid",
  totalNow: "now {now}, of {then} paid",
  nowOf: "now {amount}",
  open: "Issues and changes",
  openOf: "Issues and changes of {name}",
  close: "Close",
  "state.live": "paid",
  "state.bounced": "bounced on {date}, payable again",
  "state.never_sent": "never sent ({date}), payable again",
  "state.void_returned": "void, money returned on {date}",
  "state.void_never_sent": "void, never sent ({date})",
  "state.void_kept": "void, money kept",

  // Taking back
  takeBack: "Bounced, never sent, or void",
  takeBackHint: "Choose which payments, and what became of their money.",
  payments: "Payments",
  payment: "#{id} {title}, {amount}",
  how: "What became of the money",
  "how.bounced": "The transfer bounced",
  "how.never_sent": "It was never sent",
  "how.hint.queue": "Back into the pay queue",
  "how.void_returned": "Void: the tester sent it back",
  "how.void_never_sent": "Void: it was never sent",
  "how.void_kept": "Void: the tester keeps it",
  "how.hint.void": "For good: these issues cannot be paid again",
  "how.hint.kept": "For good; the payment stays counted",
  why: "Why",
  "why.seen": "The tester sees it.",
  on: "On",
  "on.hint": "The day the money came back, or was found not to have left",
  takeBackSubmit: "Take these payments back",
  paymentMissing: "Choose at least one payment",
  howMissing: "Choose what became of the money",
  reversed: {
    one: "{amount} was taken back. {count} issue is in the pay queue again.",
    other: "{amount} was taken back. {count} issues are in the pay queue again.",
  },
  voided: { one: "{count} issue is void: {amount}.", other: "{count} issues are void: {amount}." },
  already: "That was already recorded. Nothing was done twice.",
  changedTitle: "What changed in the meantime",
  isNow: "Now",
  by: "By",
  away: "The database is away for a moment. Nothing was changed; press the button again.",

  // Correcting
  correct: "Correct the reference or date",
  correctHint:
    "For a typing mistake: no money moves. It is corrected for all issues of this transfer, and the history keeps what was written before.",
  correctIssueHint: {
    one: "For a typing mistake: no money moves. It corrects the transfer of {batch}, which paid this issue alone.",
    other:
      "For a typing mistake: no money moves. It corrects the transfer of {batch}, for all {count} issues that it paid.",
  },
  correctSubmit: "Correct it",
  correctWhy: "Why it is corrected",
  corrected: "The transfer is corrected. Balance, statements and CSV show it from now on.",

  // Refused
  refusedTitle: "What you entered, and what is recorded",
  youEntered: "You entered",
  recorded: "Recorded",
  details: "{method}, {date}, ref. {reference}",
  detailsPlain: "{method}, {date}",
  "now.cancelled": "Not paid: the batch is cancelled",
  "now.leftOut": "Not paid: left out by {name}",
  "now.open": "Not paid yet: still in this batch",
  ifSent:
    "If you have already sent money for a line that is not paid here, prepare it again and confirm it with the reference that you entered: that records the transfer, and nothing needs to be sent twice.",
  ifSentTwice:
    "If you have sent it as well, the tester was paid twice: ask for one of the two transfers back. Do not prepare it again.",
  prepareAgain: "Prepare these issues again",

  // History, one sentence an act
  history: "History",
  "history.prepared": "{name} prepared the batch on {date}: {amount}",
  "history.left_out": "{name} left out {tester} on {date}",
  "history.confirmed": "{name} confirmed it on {date}",
  "history.cancelled": "{name} cancelled it on {date}; everything in it is back in the queue",
  "history.corrected": "{name} corrected the transfer to {tester} on {date}: {changes}. “{reason}”",
  "history.reference": "reference {from} → {to}",
  "history.paidOn": "paid on {from} → {to}",
  "history.taken_back": {
    one: "{name} took {amount} to {tester} back on {date} ({count} issue): {how}. “{reason}”",
    other: "{name} took {amount} to {tester} back on {date} ({count} issues): {how}. “{reason}”",
  },
  "history.void": {
    one: "{name} voided {amount} paid to {tester} on {date} ({count} issue): {how}. “{reason}”",
    other: "{name} voided {amount} paid to {tester} on {date} ({count} issues): {how}. “{reason}”",
  },

  // Voids and reversals
  "filter.kind": "What happened",
  "filter.all": "All",
} as const;
