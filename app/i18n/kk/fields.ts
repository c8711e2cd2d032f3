import { counted } from "./counted";

/** What a form says about a field it cannot accept. */
export const fields = {
  required: "Осы өрісті толтырыңыз",
  invalid: "Бұл қабылданбайды",
  chooseOne: "Біреуін таңдаңыз",
  chooseSome: "Кемінде біреуін таңдаңыз",
  unknownChoice: "Ұсынылған нұсқалардың бірін таңдаңыз",
  tooShort: counted("Кемінде {count} таңба болуы керек"),
  tooLong: counted("{count} таңбадан аспауы керек"),
  controlCharacters: "Көрінбейтін таңбаларды алып тастаңыз",
  email: "Электрондық поштаны жазыңыз, мысалы name@example.com",
  date: "Күнді жазыңыз, мысалы 10.05.2026",
  dateInFuture: "Күн болашақта болмауы керек",
  dateOrder: "Бірінші күн екіншісінен кейін болмауы керек",
  amount: "Соманы бос орынсыз жазыңыз, мысалы 15000 немесе 15000,50",
  amountPositive: "Сома нөлден көп болуы керек",
  amountTooLarge: "Рұқсат етілген ең үлкен сома: {max}",
} as const;
