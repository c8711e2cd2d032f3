/**
 * What the file said of an issue when it was imported, kept with the event that filed it. A later
 * run compares the file with this, not with the issue: what admins have decided in tiyn since is
 * no difference, and a file that says something new is one, whatever became of the issue.
 * Left out are the reporter's name, which only names new testers, and the lines.
 */
import type { ImportRow } from "./import-row";
import { quoted } from "./import-problem";
import { amountToInputText } from "./money";

/**
 * Plain JSON: times as ISO 8601 in UTC, the amount in minor units. What the file leaves empty is
 * left out, here and in the database.
 */
export type ImportFacts = {
  readonly cycle: string;
  readonly reporter_email: string;
  readonly severity: string;
  readonly title: string;
  readonly status: string;
  readonly created_at: string;
  readonly resolved_at?: string;
  /** A fingerprint: texts may be long. Absent without text. */
  readonly body?: string;
  /** What it came to: an empty cell reads as pending or rejected. */
  readonly payout_status: string;
  readonly amount?: number;
  /** As the file has it: none left it to the cycle, whose currency may have changed since. */
  readonly currency?: string;
  readonly paid_on?: string;
  readonly method?: string;
  readonly reference?: string;
};

const FIELDS = [
  "cycle",
  "reporter_email",
  "severity",
  "title",
  "status",
  "created_at",
  "resolved_at",
  "body",
  "payout_status",
  "amount",
  "currency",
  "paid_on",
  "method",
  "reference",
] as const satisfies readonly (keyof ImportFacts)[];

/** `fingerprint` makes a short text that is the same only for the same text. */
export function importFacts(row: ImportRow, fingerprint: (text: string) => string): ImportFacts {
  const { payout } = row;
  return {
    cycle: row.cycle,
    reporter_email: row.reporterEmail.toLowerCase(),
    severity: row.severity,
    title: row.title,
    status: row.status,
    created_at: row.createdAt.toISOString(),
    ...(row.resolvedAt === null ? {} : { resolved_at: row.resolvedAt.toISOString() }),
    ...(row.body === "" ? {} : { body: fingerprint(row.body) }),
    payout_status: payout.status,
    ...("amount" in payout ? { amount: payout.amount } : {}),
    ...("amount" in payout && payout.currency !== null ? { currency: payout.currency } : {}),
    ...("paidOn" in payout ? { paid_on: payout.paidOn, method: payout.method } : {}),
    ...("paidOn" in payout && payout.reference !== null ? { reference: payout.reference } : {}),
  };
}

/** One text for all that the file said: the same only for rows that say the same. */
export function factsText(facts: ImportFacts): string {
  return JSON.stringify(FIELDS.map((field) => facts[field] ?? null));
}

export type ImportDifference = {
  readonly field: keyof ImportFacts;
  /** Both shortened, for a message. */
  readonly imported: string;
  readonly file: string;
};

export function differencesBetween(imported: ImportFacts, file: ImportFacts): ImportDifference[] {
  return FIELDS.filter((field) => imported[field] !== file[field]).map((field) => ({
    field,
    imported: shown(imported, field),
    file: shown(file, field),
  }));
}

function shown(facts: ImportFacts, field: keyof ImportFacts): string {
  const value = facts[field];
  if (value === undefined) return "nothing";
  if (field === "body") return "another text";
  return typeof value === "number" ? amountToInputText(value) : quoted(value);
}
