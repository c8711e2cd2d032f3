import { counted } from "./counted";

/** Sign-in, invitations and passwords. */
export const signIn = {
  title: "Кіру",
  email: "Электрондық пошта",
  password: "Құпиясөз",
  submit: "Кіру",
  wrong: "Электрондық пошта немесе құпиясөз дұрыс емес.",
  throttled: counted("Қате енгізу тым көп болды. {count} минуттан кейін қайталап көріңіз."),

  "again.title": "Жалғастыру үшін кіріңіз",
  "again.body":
    "Сеансыңыз аяқталған, сондықтан бұл әлі орындалмады. Енгізгеніңіз сақталды: кіріп, қайта жібере аласыз.",
  "resume.title": "Қайта жіберілсін бе?",
  "resume.body": "Сіз қайта кірдіңіз. Енгізгеніңіз осы; ол әлі орындалған жоқ.",
  "resume.submit": "Қазір жіберу",
  "resume.discard": "Жібермеу",
} as const;
