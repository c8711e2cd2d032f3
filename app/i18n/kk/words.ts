/** The words for stored values, as labels. */
export const words = {
  "severity.critical": "Өте ауыр",
  "severity.high": "Жоғары",
  "severity.medium": "Орташа",
  "severity.low": "Төмен",

  "status.draft": "Жоба",
  "status.open": "Ашық",
  "status.triaged": "Сұрыпталған",
  "status.in_progress": "Жұмыста",
  "status.fixed": "Түзетілген",
  "status.closed": "Жабық",
  "status.duplicate": "Қайталанған",
  "status.rejected": "Баг емес",
  "status.cant_reproduce": "Қайта туындамады",
  "status.wont_fix": "Түзетілмейді",

  "payout.pending": "Шешім күтуде",
  "payout.approved": "Мақұлданған",
  "payout.rejected": "Қабылданбаған",
  "payout.paid": "Төленген",
  "payout.void": "Күші жойылған",

  "method.kaspi": "Kaspi",
  "method.bank": "Банк арқылы",
  "method.cash": "Қолма-қол",

  "reason.duplicate": "Қайталанған",
  "reason.rejected": "Баг емес",
  "reason.cant_reproduce": "Қайта туындамады",
  "reason.wont_fix": "Түзетілмейді",

  "reversal.bounced": "Аударым өтпей қайтты",
  "reversal.never_sent": "Жіберілмеген",
  "reversal.returned": "Ақша қайтарылды",
  "reversal.kept": "Ақша тестілеушіде қалды",

  "cycle.open": "Ашық",
  "cycle.closed": "Жабық",
  "cycle.archived": "Мұрағатта",

  "batch.prepared": "Дайындалған",
  "batch.confirmed": "Расталған",
  "batch.cancelled": "Бас тартылған",
} as const;
