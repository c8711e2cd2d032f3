/**
 * What the file said of an issue when it was imported, kept with the event that filed it. A later
 * run compares the file with this, not with the issue: what admins have decided in tiyn since is
 * no difference, and a file that says something new is one, whatever became of the issue.
 * Left out are the reporter's name, which only names new testers, and the lines.
 */
import type { ImportRow } from "./import-row";
import { quoted } from "./import-problem";
import { amountToInputText } from "./money";

/** Plain JSON: times as ISO 8601 in UTC, the amount in minor units. */
export type ImportFacts = {
  readonly cycle: string;
  readonly reporter_email: string;
  readonly severity: string;
  readonly title: string;
  readonly status: string;
  readonly created_at: string;
  readonly resolved_at: string | null;
  /** A fingerprint: texts may be long. Null without text. */
  readonly body: string | null;
  /** What it came to: an empty cell reads as pending or rejected. */
  readonly payout_status: string;
  readonly amount: number | null;
  /** As the file has it: null left it to the cycle, whose currency may have changed since. */
  readonly currency: string | null;
  readonly paid_on: string | null;
  readonly method: string | null;
  readonly reference: string | null;
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
  const payment = payout.status === "paid" ? payout : null;
  const committed = payout.status === "pending" || payout.status === "rejected" ? null : payout;
  return {
    cycle: row.cycle,
    reporter_email: row.reporterEmail.toLowerCase(),
    severity: row.severity,
    title: row.title,
    status: row.status,
    created_at: row.createdAt.toISOString(),
    resolved_at: row.resolvedAt?.toISOString() ?? null,
    body: row.body === "" ? null : fingerprint(row.body),
    payout_status: payout.status,
    amount: committed?.amount ?? null,
    currency: committed?.currency ?? null,
    paid_on: payment?.paidOn ?? null,
    method: payment?.method ?? null,
    reference: payment?.reference ?? null,
  };
}

/** One text for all that the file said: the same only for rows that say the same. */
export function factsText(facts: ImportFacts): string {
  return JSON.stringify(FIELDS.map((field) => facts[field]));
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
  if (value === null) return "nothing";
  if (field === "body") return "another text";
  return typeof value === "number" ? amountToInputText(value) : quoted(value);
}
