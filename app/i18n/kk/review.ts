import { counted } from "./counted";

/** Pending review: many decisions at once. */
export const review = {
  title: "Шешім күткендер",
  lead: "Мәртебесі қандай болса да, төлемі шешім күтіп тұрған багтар.",
  empty: "Шешім күтіп тұрған баг жоқ",
  emptyFiltered: "Шешім күткендердің ешқайсысы бұл сүзгілерге сәйкес емес",
  seeAll: "Барлығын көру ({count})",
  open: "Сүзгілермен ашу",
  found: counted("{count} баг шешім күтуде"),
  worth: "Ұсынылғаны: {amount}",
  stayOut: counted("{count} баг кірмейді"),

  pick: "Таңдау",
  pickOf: "#{id} багты таңдау",
  amount: "Сома",
  amountOf: "#{id} багтың сомасы, {currency}",
  amountNeeded: "Тариф сома ұсынбайды: өзіңіз жазыңыз",
  amountFor: "#{id} багтың сомасы",
  noRate: "тариф жоқ",
  ownIssue: "өзіңіздікі: шешімді басқа әкімші қабылдайды",

  selectAll: "Осы беттің бәрін таңдау ({count})",
  selectNone: "Таңдауды алып тастау",
  ticked: counted("{count} таңдалды: {amount}"),
  nothingTicked: "Ештеңе таңдалмады",
  approve: "Таңдалғанды мақұлдау",
  approveAll: counted("Барлық сәйкесін мақұлдау · {count} баг · {amount}"),
  reject: "Таңдалғанды қабылдамау…",
  rejectHint:
    "Таңдалған әр багқа осы себеп пен түсініктеме беріледі, екеуін де тестілеушісі оқиды. Ашық баг осы себеппен жабылады.",
  rejectSubmit: "Таңдалғанды қабылдамау",
  nothingChosen: "Кемінде бір баг белгілеңіз.",

  approved: counted("{count} баг мақұлданды: {amount}."),
  rejected: counted("{count} баг қабылданбады."),
  already: counted("Бұл бұрын жазылған: {count} баг. Ешқандай шешім екі рет қабылданған жоқ."),
  away: "Дерекқор қазір уақытша қолжетімсіз. Ешқандай шешім қабылданған жоқ; батырманы қайта басыңыз.",

  changed: "Не өзгерді",
  changedLead:
    "Ешқандай шешім қабылданған жоқ. Белгілегеніңіз бен жазғаныңыз орнында: осы жолдарды қарап, қайта басыңыз.",
  was: "Бетте көрсетілгені",
  now: "Қазір",
  why: "Себебі",
  nothing: "сома жоқ",
  "problem.unknown": "Мұндай баг жоқ",
  "problem.own_issue": "Өз багыңыз: шешімді басқа әкімші қабылдайды",
  "problem.in_batch": "Дайындалған #{batch} топтамада",
  "problem.decided_before": "Шешім қабылданып қойған",
  "problem.decidedBy": "{name} бұрын үлгерді: {payout}",
  "problem.stale": "Бет ашылғалы өңделген",
  "problem.staleBy": "Бет ашылғалы өңделген: {name}",
  "problem.suggestion_changed": "Ұсынылған сома өзгерді",
  "problem.no_suggestion": "Тариф сома ұсынбайды",
  "problem.amount": "Сома қабылданбайды",
  "problem.is_original": "Бұл — бастапқы баг",

  allTitle: "Барлық сәйкесін мақұлдау",
  allLead:
    "Шешім күткен және осы сүзгілерге сәйкес әр баг ұсынылған сомасымен мақұлданады. Ашық багтың мәртебесі «Сұрыпталған» болады.",
  allFiltered: "Сүзілгені",
  allWhole: "Сүзгі жоқ: шешім күткеннің бәрі",
  allCount: "Қазір мақұлданады",
  allTotal: "Соның міндеттемесі",
  allOut: "Кірмейді",
  allOwn: counted("өз багыңыз: {count}"),
  allUnpriced: counted("тарифі жоқ {count} баг: {severity}, {cycle}"),
  allAsOf: "{when} жағдайы бойынша; кейін тіркелгені кірмейді.",
  allSubmit: counted("Мақұлдау: {count} баг · {amount}"),
  allBack: "Тізімге оралу",
  allNone: "Мақұлдайтын ештеңе жоқ",
  allNoneHint:
    "Бұл сүзгілерге сәйкес багтардың ішінде ұсынылған сомасы бар, өзіңіздікі емес баг жоқ.",
  allChanged:
    "Бетте {expectedCount}, {expected} көрсетілген; қазір {actualCount}, {actual}. Ештеңе мақұлданған жоқ. Жаңа сандарды қарап, қайта басыңыз.",
  issues: counted("{count} баг"),
} as const;
