/** Sign-in, invitations and passwords. */
export const signIn = {
  title: "Sign in",
  email: "E-mail address",
  password: "Password",
  submit: "Sign in",
  wrong: "The e-mail address or the password is not right.",
  throttled: {
    one: "Too many wrong tries. Try again in {count} minute.",
    other: "Too many wrong tries. Try again in {count} minutes.",
  },

  "again.title": "Sign in to go on",
  "again.body":
    "Your session had ended, so this was not done yet. What you entered is kept: sign in, and you can send it once more.",
  "resume.title": "Send it again?",
  "resume.body":
    "You are signed in again. This is what you had entered; nothing of it was done yet.",
  "resume.submit": "Send it now",
  "resume.discard": "Discard it",
} as const;
