import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import type { T } from "~/i18n/translator";
import type { IssueView } from "~/models/issue.server";

/** What a refused form of the issue's page says, in place and with everything that was typed. */
export type IssueAnswer = { intent: string; errors: FieldErrors; values: FieldValues };

export type IssuePost = {
  form: FormData;
  issue: IssueView;
  viewer: { id: number; role: "tester" | "admin" };
  at: Date;
  zone: string;
  t: T;
};
