import { z } from "./zod";
import { PASSWORD_MAX, PASSWORD_MIN, passwordLength } from "~/domain/password";
import { message } from "./message-text";

/** 10 to 128 characters, as a reader counts them; whether it is a common one is asked afterwards. Never trimmed. */
function newPassword() {
  return z.string().superRefine((password, context) => {
    const length = passwordLength(password);
    if (length === 0) context.addIssue(message("fields.required"));
    else if (length < PASSWORD_MIN)
      context.addIssue(message("fields.tooShort", { count: PASSWORD_MIN }));
    else if (length > PASSWORD_MAX)
      context.addIssue(message("fields.tooLong", { count: PASSWORD_MAX }));
  });
}

/** The present one: only what is too long to be hashed is turned away here. */
function presentPassword() {
  return z.string().superRefine((password, context) => {
    if (password === "") context.addIssue(message("fields.required"));
    else if (passwordLength(password) > PASSWORD_MAX)
      context.addIssue(message("fields.tooLong", { count: PASSWORD_MAX }));
  });
}

export const acceptInviteForm = z.object({ newPassword: newPassword() });

export const ownPasswordForm = z.object({
  currentPassword: presentPassword(),
  newPassword: newPassword(),
});
