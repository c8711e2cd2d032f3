export const words = {
  "severity.critical": "Критическая",
  "severity.high": "Высокая",
  "severity.medium": "Средняя",
  "severity.low": "Низкая",

  "status.draft": "Черновик",
  "status.open": "Открыт",
  "status.triaged": "Разобран",
  "status.in_progress": "В работе",
  "status.fixed": "Исправлен",
  "status.closed": "Закрыт",
  "status.duplicate": "Дубликат",
  "status.rejected": "Не баг",
  "status.cant_reproduce": "Не воспроизводится",
  "status.wont_fix": "Не исправляем",

  "payout.pending": "Ждёт решения",
  "payout.approved": "Одобрено",
  "payout.rejected": "Отклонено",
  "payout.paid": "Выплачено",
  "payout.void": "Аннулировано",

  "method.kaspi": "Kaspi",
  "method.bank": "Банковский перевод",
  "method.cash": "Наличные",

  /** The four negative closings, when chosen as the reason of a rejection. */
  "reason.duplicate": "Дубликат",
  "reason.rejected": "Не баг",
  "reason.cant_reproduce": "Не воспроизводится",
  "reason.wont_fix": "Не исправляем",

  "reversal.bounced": "Перевод вернулся",
  "reversal.never_sent": "Перевод не отправляли",
  "reversal.returned": "Деньги вернули",
  "reversal.kept": "Деньги оставлены",

  "cycle.open": "Открыт",
  "cycle.closed": "Закрыт",
  "cycle.archived": "В архиве",

  "batch.prepared": "Подготовлен",
  "batch.confirmed": "Подтверждён",
  "batch.cancelled": "Отменён",
} as const;
