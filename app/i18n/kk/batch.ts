import { counted } from "./counted";

/** One batch: what to send, how it was sent, and everything that happened to it afterwards. */
export const batch = {
  // What to send
  csv: "Банкке арналған CSV",
  "csv.semicolons": "нүктелі үтірмен",
  csvClosed: "Бұл топтама енді төлеуді күтпейді, сондықтан банкке арналған файл жоқ.",
  copy: "Көшіру",
  copyOf: "Көшіру: {what}, {name}",
  copied: "Көшірілді",
  copySelected: "Белгіленді",
  otherDetails: "Басқа тәсіл не күн",
  showIssues: counted("{count} баг"),
  paidIssues: counted("{count} баг төленді"),
  payeeNow: "Топтама дайындалғаннан кейін алушы деректемелері өзгерді. Қазіргісі:",
  "payeeNow.hint": "Соған төлеу үшін бұл жолды шығарып тастап, қайта дайындаңыз.",
  "payeeNow.none": "шоты жоқ",
  warningsLead: "Мыналардың ескертулерін қараңыз:",
  signature: "Қолы",
  preparedFor: "Жіберген",
  leftOutTitle: "Шығарып тасталғандар",

  // What was recorded
  receipt: "Төленген",
  cancelledTitle: "Төленуі тиіс болған",
  totalNow: "қазір {now}, төленгені {then}",
  nowOf: "қазір {amount}",
  open: "Багтары мен өзгерістері",
  openOf: "Багтары мен өзгерістері: {name}",
  close: "Жабу",
  "state.live": "төленді",
  "state.bounced": "{date} күні өтпей қайтты, қайта төлеуге болады",
  "state.never_sent": "жіберілмеген ({date}), қайта төлеуге болады",
  "state.void_returned": "күші жойылған, ақша {date} күні қайтарылды",
  "state.void_never_sent": "күші жойылған, жіберілмеген ({date})",
  "state.void_kept": "күші жойылған, ақша тестілеушіде қалды",

  // Taking back
  takeBack: "Өтпей қайтты, жіберілмеген не күшін жою",
  takeBackHint: "Қай төлемдер екенін және ақшасы не болғанын таңдаңыз.",
  payments: "Төлемдер",
  payment: "#{id} {title}, {amount}",
  how: "Ақша не болды",
  "how.bounced": "Аударым өтпей қайтты",
  "how.never_sent": "Ол жіберілмеген",
  "how.hint.queue": "Төлем кезегіне қайтады",
  "how.void_returned": "Күшін жою: тестілеуші қайтарып жіберді",
  "how.void_never_sent": "Күшін жою: ол жіберілмеген",
  "how.void_kept": "Күшін жою: тестілеушіде қалады",
  "how.hint.void": "Біржола: бұл багтарға қайта төлеу мүмкін болмайды",
  "how.hint.kept": "Біржола; төлем есепте қалады",
  why: "Неліктен",
  "why.seen": "Тестілеуші көреді.",
  on: "Күні",
  "on.hint": "Ақша қайтып келген не кетпегені анықталған күн",
  takeBackSubmit: "Осы төлемдерге сторно жасау",
  paymentMissing: "Кемінде бір төлем таңдаңыз",
  howMissing: "Ақша не болғанын таңдаңыз",
  reversed: counted("{amount} сомасына сторно жасалды. {count} баг қайтадан төлем кезегінде."),
  voided: counted("{count} багтың күші жойылды: {amount}."),
  already: "Бұл бұрын жазылған. Ештеңе екі рет жасалған жоқ.",
  changedTitle: "Осы арада не өзгерді",
  isNow: "Қазір",
  by: "Кім",
  away: "Дерекқор қазір уақытша қолжетімсіз. Ештеңе өзгерген жоқ; батырманы қайта басыңыз.",

  // Correcting
  correct: "Нөмірін не күнін түзету",
  correctHint:
    "Теру қатесі үшін: ақша қозғалмайды. Осы аударымның барлық багында түзетіледі, бұрынғы жазба тарихында қалады.",
  correctIssueHint: {
    one: "Теру қатесі үшін: ақша қозғалмайды. Тек осы багқа төленген аударым түзетіледі: {batch}.",
    other:
      "Теру қатесі үшін: ақша қозғалмайды. Аударым төленген {count} багтың бәрінде түзетіледі: {batch}.",
  },
  correctSubmit: "Түзету",
  correctWhy: "Неліктен түзетіледі",
  corrected: "Аударым түзетілді. Бұдан былай баланс, үзінді көшірме мен CSV соны көрсетеді.",

  // Refused
  refusedTitle: "Енгізгеніңіз және жазылғаны",
  youEntered: "Енгізгеніңіз",
  recorded: "Жазылғаны",
  details: "{method}, {date}, № {reference}",
  detailsPlain: "{method}, {date}",
  "now.cancelled": "Төленбеген: топтамадан бас тартылған",
  "now.leftOut": "Төленбеген, шығарып тастаған: {name}",
  "now.open": "Әлі төленбеген: осы топтамада тұр",
  ifSent:
    "Мұнда төленбеген жолға ақша жіберіп қойған болсаңыз, оны қайта дайындап, енгізген нөміріңізбен растаңыз: сонда аударым жазылады, екінші рет жіберудің керегі жоқ.",
  ifSentTwice:
    "Сіз де жіберген болсаңыз, тестілеушіге екі рет төленген: екі аударымның бірін қайтаруды сұраңыз. Оны қайта дайындамаңыз.",
  prepareAgain: "Осы багтарды қайта дайындау",

  // History, one sentence an act
  history: "Тарихы",
  "history.prepared": "{name} топтаманы дайындады ({date}): {amount}",
  "history.left_out": "{name} шығарып тастады ({date}): {tester}",
  "history.confirmed": "{name} растады ({date})",
  "history.cancelled": "{name} бас тартты ({date}); ондағының бәрі кезекке қайтты",
  "history.corrected": "{name} аударымды түзетті ({date}): {tester}, {changes}. «{reason}»",
  "history.reference": "нөмірі {from} → {to}",
  "history.paidOn": "төленген күні {from} → {to}",
  "history.taken_back": counted(
    "{name} сторно жасады ({date}): {tester}, {amount}, {count} баг, {how}. «{reason}»",
  ),
  "history.void": counted(
    "{name} күшін жойды ({date}): {tester}, төленген {amount}, {count} баг, {how}. «{reason}»",
  ),

  // Voids and reversals
  "filter.kind": "Не болды",
  "filter.all": "Бәрі",
} as const;
