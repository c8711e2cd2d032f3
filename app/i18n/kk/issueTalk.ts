import { counted } from "./counted";

/** Screenshots, comments and what looks the same: around the text of an issue. */
export const issueTalk = {
  // Screenshots
  screenshots: "Скриншоттар",
  "screenshots.add": "Скриншот қосу",
  "screenshots.hint": {
    one: "PNG, JPEG немесе WebP, ең үлкені {size}. Тағы {count} сурет сыяды.",
    other: "PNG, JPEG немесе WebP, әрқайсысы ең үлкені {size}. Тағы {count} сурет сыяды.",
  },
  "screenshots.alt": "Скриншот {number}, барлығы {count}",
  "screenshots.remove": "Алып тастау",
  "screenshots.removeThis": "{number}-скриншотты алып тастау",
  "screenshots.none": "Енді скриншот қосуға болмайды. Орын босату үшін біреуін алып тастаңыз.",
  "screenshots.again": "Скриншоттарды қайта таңдаңыз",
  "screenshots.again.soon":
    "Тек скриншоттарды сақтау мүмкін болмады: кіргеннен кейін қайта таңдай аласыз.",
  "screenshots.again.hint": "Кіріп жатқанда файлдарды сақтау мүмкін болмады. Қалғаны сақталды.",
  tooManyFiles: counted("Багта ең көбі {count} скриншот болады. Артығы алынбады."),
  tooManyThere: counted("Багта ең көбі {count} скриншот болады. Алдымен біреуін алып тастаңыз."),
  "problem.too_large": "{name}: көлемі тым үлкен, рұқсат етілгені {max}. Кішірек сурет таңдаңыз.",
  "problem.too_many_pixels": "{name}: пиксельдері тым көп. Кішірек сурет таңдаңыз.",
  "problem.heic":
    "{name}: iPhone-ның HEIC пішімі мұнда қабылданбайды. JPEG етіп жіберіңіз: Баптаулар → Камера → Пішімдер → Ең үйлесімді (Settings → Camera → Formats → Most Compatible).",
  "problem.broken": "{name}: сурет ретінде оқылмады. Жолда үзіліп қалған болуы мүмкін.",
  "problem.not_a_picture": "{name}: бұл сурет емес. PNG, JPEG немесе WebP суретін таңдаңыз.",
  "problem.busy":
    "Дәл қазір сурет көп келіп жатыр, сондықтан суреттеріңіз қабылданбады. Бірнеше секундтан кейін қайта таңдаңыз.",
  keptInDraft: "Скриншоттарыңыз жобада сақталды.",
  lostFiles: "Скриншоттарыңызды сақтау мүмкін болмады. Қайта таңдаңыз.",
  "history.pictures": "{name} {date} күні скриншоттарды өзгертті",
  "history.textAndPictures": "{name} {date} күні мәтін мен скриншоттарды өңдеді",

  // What looks the same
  "similar.title": {
    one: "Осыған ұқсас баг тіркегенсіз",
    other: "Осыған ұқсас багтар тіркегенсіз",
  },
  "similar.body":
    "Бір багқа бір рет төленеді. Бұл басқа баг болса, тіркеңіз: жазғаныңыз жоғалмайды.",
  "similar.fileAnyway": "Бәрібір тіркеу",

  // Comments
  comments: "Пікірлер",
  "comments.admin": "әкімші",
  "comments.earlier": counted("Бұрынғы {count} пікірді көрсету"),
  "comment.label": "Пікіріңіз",
  "comment.hintTester": "Оны әкімшілер оқиды. Кейін өзгертуге болмайды.",
  "comment.hintAdmin": "Оны тестілеуші оқиды. Кейін өзгертуге болмайды.",
  "comment.submit": "Пікір қалдыру",
  "comment.missing": "Алдымен пікір жазыңыз",
  "comment.draft": "Жобада пікір болмайды. Алдымен оны тіркеңіз.",
  "comment.saidBefore":
    "Бұл форма басқа мәтінмен жіберіліп қойған: ол жоғарыда. Мұны да жіберіңіз немесе әрі қарай жүріңіз.",

  // A change of status that moves money, said before it happens
  "confirm.rejects": "«{status}» мәртебесінде төлем қабылданбайды, қазір оның шамасы: {amount}.",
  "confirm.rejectsPlain": "«{status}» мәртебесінде төлем қабылданбайды.",
  "confirm.withdraws":
    "«{status}» мәртебесінде мақұлданған {amount} кері алынады, төлем қабылданбайды.",
  "confirm.reopens": "«{status}» мәртебесінде төлем қайта ашылып, шешім күтеді.",
  "confirm.title": "Бұл төлемді де өзгертеді",
  "confirm.submit": "Иә, мәртебесі «{status}» болсын",
  "reopen.title": "Қайта ашу",
  "reopen.hint": "Багтың мәртебесі «Ашық» болады, төлемі қайтадан шешім күтеді.",
  "reopen.submit": "Багты қайта ашу",
  "severity.title": "Ауырлығын өзгерту",
  "severity.hint": "Төлем бойынша шешім қабылданғанша ұсынылған сома соған қарай өзгереді.",
  "severity.submit": "Ауырлығын өзгерту",
} as const;
