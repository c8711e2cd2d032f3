/** Navigation, what every page shares, and the error pages. */
export const app = {
  name: "tiyn",
  pageTitle: "{title} · tiyn",
  skip: "Skip to the content",

  "nav.label": "Main",
  "nav.balance": "Balance",
  "nav.myReports": "My Reports",
  "nav.fileIssue": "File an issue",
  "nav.triage": "Triage",
  "nav.payouts": "Payouts",
  "nav.issues": "Issues",
  "nav.cycles": "Cycles",
  "nav.people": "People",
  "nav.audit": "Audit",
  "nav.settings": "Settings",
  "nav.signOut": "Sign out",

  undo: "Undo",
  cancel: "Cancel",
  save: "Save",
  optional: "optional",
  none: "—",
  newer: "Newer",
  older: "Older",
  pages: "Pages",
  errorSummary: "Please check what you entered",
  fieldError: "{field}: {message}",

  "error.label": "Error {status}",
  "error.requestId": "If you ask for help, give this number: {id}",
  "error.home": "Go to the start page",
  "error.retry": "Try again",
  "error.signIn": "Sign in",

  "error.400.title": "The request could not be read",
  "error.400.body":
    "Something in the address or the form was not understood. Go back and try again.",
  "error.401.title": "Please sign in",
  "error.401.body": "You are signed out, or your session has ended. Sign in to go on.",
  "error.403.title": "This page is not for your account",
  "error.403.body":
    "You are signed in, but not allowed to do this. If you think you should be, ask an admin of your team.",
  "error.404.title": "There is nothing here",
  "error.404.body":
    "The address may be mistyped, or the page was moved or belongs to someone else.",
  "error.405.title": "This address cannot be opened like that",
  "error.405.body":
    "It only takes what a form sends. Nothing was changed. Open the page from the menu and use the button there.",
  "error.409.title": "Someone was quicker",
  "error.409.body":
    "This changed while you were looking at it, so your change was not made. Open the page again to see how it stands now.",
  "error.413.title": "That is too large",
  "error.413.body":
    "What you sent is larger than allowed. Choose smaller or fewer files and send it again.",
  "error.422.title": "Some of that was not accepted",
  "error.422.body": "Nothing was changed. Go back, check what you entered, and send it again.",
  "error.429.title": "Too many tries",
  "error.429.body": "Wait a few minutes, then try again.",
  "error.500.title": "Something went wrong on our side",
  "error.500.body":
    "It has been recorded. Try again in a moment; before sending a form twice, look whether the first one arrived.",
  "error.503.title": "tiyn is not available right now",
  "error.503.body":
    "Wait a minute, then try again. If you had just sent a form, look first whether it arrived.",
} as const;
