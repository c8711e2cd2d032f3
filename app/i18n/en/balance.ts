/** The tester's Balance page and the statement. */
export const balance = {
  title: "Balance",
  earned: "Total earned (paid)",
  pending: "Pending payout (approved)",
  awaiting: "Awaiting decision",
  awaitingIssues: { one: "{count} issue", other: "{count} issues" },
  filed: "Lifetime issues filed",
  rate: "Acceptance rate",
  rateOf: "{accepted}/{filed}",
  byCycle: "By cycle",
  history: "Issue history",
  downloadCsv: "Download CSV",
  printStatement: "Print statement",
} as const;
