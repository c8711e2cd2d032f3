import { counted } from "./counted";

/** The ledger: every payment and reversal. */
export const ledger = {
  title: "Төлемдер журналы",
  lead: "Барлық төлем мен сторно, жаңасынан бастап, соңғы түзетулерімен.",
  from: "Төленген күні, басы",
  to: "Төленген күні, соңы",
  tester: "Тестілеуші",
  anybody: "Бәрі",
  show: "Көрсету",
  clear: "Бәрін көрсету",
  sum: "Барлығы {amount}",
  count: counted("{count} жазба"),
  empty: "Әзірге төлем жоқ",
  emptyFiltered: "Бұл кезеңде төлем жоқ",
  notFiltered: "Барлық төлем көрсетілді: сүзгі түсініксіз болды.",
  date: "Төленген күні",
  issue: "Баг",
  how: "Тәсілі",
  batch: "Топтама",
  batchOf: "#{id} топтама",
  amount: "Сома",
  reference: "{method}, № {reference}",
  reversed: "{kind}: {reason}",
  csv: "CSV жүктеп алу",
  csvHint:
    "CSV-де дәл осында көрсетілгені болады, ескісінен бастап. Орысша не қазақша Excel үшін: {semicolons}.",
  csvSemicolons: "нүктелі үтірлі CSV",
} as const;
