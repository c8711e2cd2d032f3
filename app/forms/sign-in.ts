import { z } from "./zod";
import { PASSWORD_MAX, passwordLength } from "~/domain/password";
import { requiredLine } from "./field-types";
import { message } from "./message-text";

/** A password shorter than any is simply wrong; one that is too long is never hashed. */
export const signInForm = z.object({
  email: requiredLine(254),
  password: z
    .string()
    .min(1)
    .superRefine((password, context) => {
      if (passwordLength(password) > PASSWORD_MAX)
        context.addIssue(message("fields.tooLong", { count: PASSWORD_MAX }));
    }),
});
