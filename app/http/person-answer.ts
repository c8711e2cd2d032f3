import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import type { PersonIntent } from "~/forms/person-form";

/** What a person's page answers to one of its forms: a refusal beside the form, or the link that is shown once. */
export type PersonAnswer =
  | { intent: PersonIntent; errors: FieldErrors; values: FieldValues }
  | { intent: "invite"; link: string; expiresAt: Date };

export type RefusedPerson = Extract<PersonAnswer, { errors: FieldErrors }>;

/** The refusal of that form, if this is what was answered. */
export function refusedAs(
  answer: PersonAnswer | undefined,
  ...intents: readonly PersonIntent[]
): RefusedPerson | undefined {
  return answer && "errors" in answer && intents.includes(answer.intent) ? answer : undefined;
}
