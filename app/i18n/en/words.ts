/** The words for stored values, as labels: t(`words.severity.${severity}`). */
export const words = {
  "severity.critical": "Critical",
  "severity.high": "High",
  "severity.medium": "Medium",
  "severity.low": "Low",

  "status.draft": "Draft",
  "status.open": "Open",
  "status.triaged": "Triaged",
  "status.in_progress": "In progress",
  "status.fixed": "Fixed",
  "status.closed": "Closed",
  "status.duplicate": "Duplicate",
  "status.rejected": "Not a bug",
  "status.cant_reproduce": "Can’t reproduce",
  "status.wont_fix": "Won’t fix",

  "payout.pending": "Pending",
  "payout.approved": "Approved",
  "payout.rejected": "Rejected",
  "payout.paid": "Paid",
  "payout.void": "Void",

  "method.kaspi": "Kaspi",
  "method.bank": "Bank transfer",
  "method.cash": "Cash",

  /** The four negative closings, when chosen as the reason of a rejection. */
  "reason.duplicate": "Duplicate",
  "reason.rejected": "Not a bug",
  "reason.cant_reproduce": "Can’t reproduce",
  "reason.wont_fix": "Won’t fix",

  "reversal.bounced": "Transfer bounced",
  "reversal.never_sent": "Never sent",
  "reversal.returned": "Money returned",
  "reversal.kept": "Money kept",

  "cycle.open": "Open",
  "cycle.closed": "Closed",
  "cycle.archived": "Archived",

  "batch.prepared": "Prepared",
  "batch.confirmed": "Confirmed",
  "batch.cancelled": "Cancelled",
} as const;
