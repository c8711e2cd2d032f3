/** Sign-in, invitations and passwords. */
export const signIn = {
  title: "Sign in",
} as const;
