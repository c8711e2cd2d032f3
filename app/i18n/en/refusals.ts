/** Why something was not done: shown with the form that asked for it, and in JSON errors. */
export const refusals = {
  notFound: "There is nothing of that number here.",
  ownIssue: "Nobody approves or pays their own issues. Ask another admin.",
  stale: "This issue changed in the meantime. Nothing was overwritten.",
  staleBy:
    "{name} was faster: this issue is now {status}, its payout {payout}. Nothing was overwritten.",
  frozen: "This issue is in prepared batch #{batch}. Confirm or cancel the batch first.",
  illegal: "That is no longer possible for this issue. Look at its present state.",
  missingWords: "Something is missing, or an amount is not accepted.",
  suggestionChanged: "The suggested amount is now {amount}. Look at it, then approve again.",
  noSuggestion: "The cycle has no rate for this severity. Write the amount yourself.",
  cycleChanged:
    "Somebody changed this cycle in the meantime. Look at how it is now, then save again.",
  nameTaken: "Another cycle has this name.",
  cycleClosed: "This cycle takes no new issues.",
  choiceChanged: "Some of the chosen issues changed. Nothing was reserved.",
  decisionsChanged: "Some of the chosen issues changed. Nothing was decided.",
  matchingChanged: "What matches is no longer what the page showed. Nothing was decided.",
  "choice.none": "Choose at least one issue.",
  "choice.too_many": "Choose at most 10,000 issues at once.",
  "choice.duplicate": "The same issue was chosen twice.",
  keyReused: "This form was already used for something else. Open the page again.",
  batchConfirmed: "{name} has already confirmed this batch. Nothing was changed.",
  batchCancelled: "{name} has cancelled this batch. Its issues are back in the queue.",
  transfersChanged: "The lines of this batch changed. Look at it again before you confirm.",
  lastLine: "This is the last line. Cancel the batch instead.",
  paymentsChanged: "Some of these payments were taken back in the meantime. Nothing was changed.",
  correctedMeanwhile:
    "{name} corrected this transfer in the meantime. Nothing was overwritten: look at what it says now.",
  correctionGone:
    "The correction that this page showed is not there any more. Nothing was changed: look at what the transfer says now.",
  reversedBeforePaid: "The money was paid on {date}: it cannot have come back before that.",
  correctionUnchanged: "That is what is recorded already.",
  paidAfterReversed: "It was taken back on {date}: it cannot have been paid after that.",
  payeeChanged:
    "The payee details were changed in the meantime, perhaps in another window. Nothing was overwritten: compare, then save again.",
  warnings: "Look at the warnings and tick each one before you confirm.",
} as const;
