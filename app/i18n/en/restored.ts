/** After a backup was brought back: payments wait until an admin has compared it with the bank (DESIGN 9). */
export const restored = {
  title: "Restored backup",
  none: "There is no restored backup to compare.",
  since:
    "Restored {at} from the backup of {backupAt}. What was recorded after the backup is missing here.",
  blocked:
    "Payments are stopped: a backup was restored. What was paid after it is not recorded here and would be paid twice.",
  refused:
    "Nothing was recorded: a backup was restored, and payments are stopped until an admin has compared it with the bank.",
  again: "Another backup was restored meanwhile. Compare that one.",
  alreadyCompared:
    "{name} has compared this backup already, and payments go on. Your note was not recorded.",
  nothingWaits: "No restored backup waits to be compared. Your note was not recorded.",
  toCompare: "Compare with the bank",
  howTo:
    "Open the history of your banking app and your cash book. These are the last transfers that tiyn knows of. If the bank has newer ones, write them down: they were paid, and their issues look unpaid here.",
  lastBy: "{method}: last transfers",
  reference: "Reference",
  noneBy: "None known.",
  prepared: "Prepared, not confirmed",
  preparedHint:
    "When the backup was taken these waited to be sent. Look whether they were sent since.",
  confirmTitle: "I have compared",
  confirmBody:
    "Payments go on after this. Before anything else is paid, record what the bank has and tiyn has not: confirm those issues here with the bank's own reference and date.",
  note: "What you compared, and what was missing",
  confirm: "Let payments go on",
  confirmed: "Payments go on.",
} as const;
