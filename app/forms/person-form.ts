import { z } from "./zod";
import { requiredLine, rowId } from "./field-types";

const EMAIL_MAX = 254;
const NAME_MAX = 200;

const email = requiredLine(EMAIL_MAX).pipe(z.email());
const role = z.enum(["tester", "admin"]);

export const newPersonForm = z.object({ name: requiredLine(NAME_MAX), email, role });

/** The forms of a person's page, by the `intent` that their buttons post. */
export const personForms = {
  invite: z.object({}),
  role: z.object({ role }),
  deactivate: z.object({}),
  reactivate: z.object({}),
  revoke: z.object({ session: rowId() }),
  revokeAll: z.object({}),
  addToCycle: z.object({ cycle: rowId() }),
  viewAs: z.object({ reason: requiredLine(500) }),
} as const;

export type PersonIntent = keyof typeof personForms;

export function isPersonIntent(intent: unknown): intent is PersonIntent {
  return typeof intent === "string" && Object.hasOwn(personForms, intent);
}
