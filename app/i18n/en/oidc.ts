/** Sign-in with an OpenID Connect provider; {provider} is its name as the settings have it. */
export const oidc = {
  button: "Sign in with {provider}",
  or: "or",
  toSignIn: "Go to the sign-in page",

  "problem.title": "You are not signed in",
  "problem.invalid":
    "What came back from {provider} could not be used: it was too old, was used before, or began in another browser. Nothing happened; try again.",
  "problem.refused": "The sign-in was cancelled at {provider}. Nothing happened.",
  "problem.away": "{provider} does not answer at the moment. Try again in a few minutes.",
  "problem.unverified":
    "{provider} has not verified your e-mail address, so it does not show who you are here. Verify it there, then try again.",
  "problem.unknown":
    "There is no account with your e-mail address here. Ask an admin of your team for one, with the address that {provider} knows.",
  "problem.deactivated": "Your account is deactivated. Ask an admin of your team.",
  "problem.other_identity":
    "The account with your e-mail address is already linked to another sign-in at a provider. Use that one, or ask an admin of your team.",

  "confirm.title": "One last step",
  "confirm.body":
    "You are signed in with {provider}. The account {email} has a password here: type it once to show that the account is yours. From then on {provider} is enough.",
  "confirm.submit": "Link and sign in",
  "confirm.cancel": "Cancel",
  "confirm.wrong": "The password is not right.",
  linked: "{provider} is linked to your account. From now on you can sign in with it.",
} as const;
