/** One's own settings. Each section has its own names in front: "payee.title". */
export const settings = {
  title: "Settings",

  "payee.title": "Payee details",
  "payee.lead": "Where your payments are sent. Only you and the admins of your team see this.",
  "payee.payeeName": "Full name, as your bank knows it",
  "payee.payeeNameHint": "If it is not “{name}”, or written in other letters there",
  "payee.kaspiPhone": "Kaspi phone",
  "payee.kaspiPhoneHint": "The number your Kaspi account is under, such as 8 701 555 01 00",
  "payee.kaspiPhoneFormat":
    "Write a mobile number of Kazakhstan, such as 8 701 555 01 00 or +7 701 555 01 00",
  "payee.iban": "IBAN",
  "payee.ibanHint": "For bank transfers: 20 characters that begin with KZ",
  "payee.ibanFormat":
    "An IBAN of Kazakhstan has 20 characters, KZ first, then digits and Latin letters",
  "payee.ibanCheckDigits":
    "This IBAN does not exist: its check digits do not fit. Compare it with your bank’s, character by character",
  "payee.save": "Save payee details",
  "payee.saved": "Your payee details are saved. The next payment goes there.",
  "payee.unchanged": "Your payee details are what they were. Nothing was changed.",
  "payee.missing": "Without a Kaspi phone or an IBAN you can only be paid in cash.",
  "payee.underWay":
    "A payment to you is being prepared. A payment prepared before a change goes to the old account; the next one goes to the new.",
  "payee.changedBy": "Last changed on {when} by {name}",
  "payee.changedByYou": "Last changed by you on {when}",
  "payee.neverChanged": "Never changed since your account was made",
  "payee.history": "Earlier changes",
  "payee.historyLine": "{when}, {name}",
  "payee.you": "you",
  "payee.fromTo": "{field}: {old} → {new}",
  "payee.nothing": "nothing",

  "homeScreen.title": "On your home screen",
  "homeScreen.body":
    "Open your browser’s menu on this page and choose “Add to Home screen”: tiyn then opens like an app. Nothing is stored on the phone, and it needs the network as before.",
} as const;
