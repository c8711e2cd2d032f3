/** What can be wrong with one row of an import file. The codes are stable; the texts may change. */

export type ImportProblemCode =
  // The file's own grammar.
  | "quote_not_closed"
  | "quote_misplaced"
  | "cell_count"
  | "not_utf8"
  | "nul_character"
  // The issue.
  | "external_id_missing"
  | "external_id_too_long"
  | "external_id_control_characters"
  | "external_id_repeated"
  | "cycle_missing"
  | "cycle_too_long"
  | "cycle_control_characters"
  | "cycle_closed"
  | "email_missing"
  | "email_invalid"
  | "reporter_name_too_long"
  | "reporter_name_control_characters"
  | "severity_unknown"
  | "title_missing"
  | "title_too_long"
  | "title_control_characters"
  | "body_too_long"
  | "status_unknown"
  | "status_draft"
  | "created_at_missing"
  | "created_at_invalid"
  | "created_at_future"
  | "resolved_at_invalid"
  | "resolved_at_future"
  | "resolved_at_before_created_at"
  // The ledger.
  | "payout_status_unknown"
  | "payout_contradicts_status"
  | "amount_missing"
  | "amount_invalid"
  | "amount_not_positive"
  | "amount_too_large"
  | "amount_unexpected"
  | "currency_unknown"
  | "paid_on_missing"
  | "paid_on_invalid"
  | "paid_on_future"
  | "paid_on_too_old"
  | "paid_on_before_created_at"
  | "paid_on_unexpected"
  | "method_missing"
  | "method_unknown"
  | "method_unexpected"
  | "reference_missing"
  | "reference_too_long"
  | "reference_control_characters"
  | "reference_unexpected"
  | "own_issue"
  // What none of the above foresaw, and the database did.
  | "database_refused";

export type ImportProblem = { readonly code: ImportProblemCode; readonly message: string };

/** Collects every problem of one row, so that a file is mended in one round. */
export class ImportProblems {
  readonly list: ImportProblem[] = [];

  /** Returns null, so that a reader of one cell can say `return problems.add(…)`. */
  add(code: ImportProblemCode, message: string): null {
    this.list.push({ code, message });
    return null;
  }
}

const LONGEST_QUOTED = 40;

/** A cell as a message shows it: quoted, control characters escaped, and not a page of it. */
export function quoted(text: string): string {
  const characters = [...text.slice(0, 2 * LONGEST_QUOTED + 2)];
  const short = characters.slice(0, LONGEST_QUOTED).join("");
  return JSON.stringify(characters.length > LONGEST_QUOTED ? `${short}…` : short);
}

/** Characters as the database counts them: one for a letter outside the basic plane, too. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** Whether the text is longer; counted only when it may be. */
export function isLonger(text: string, limit: number): boolean {
  return text.length > limit && lengthOf(text) > limit;
}
