/** One record of an import file: a typed row, or everything that is wrong with it (DESIGN 8). */
import type { ImportContext, ImportStatus } from "./import-context";
import type { ImportCells } from "./import-header";
import { type ImportPayout, readPayout } from "./import-ledger";
import { type ImportProblem, ImportProblems, isLonger, lengthOf, quoted } from "./import-problem";
import { readImportTime } from "./import-time";
import { ISSUE_STATUSES, isIssueStatus } from "./issue-status";
import { isSeverity, SEVERITIES, type Severity } from "./severity";

export type ImportRow = {
  readonly externalId: string;
  readonly cycle: string;
  readonly reporterEmail: string;
  readonly reporterName: string;
  readonly severity: Severity;
  readonly title: string;
  readonly body: string;
  readonly status: ImportStatus;
  readonly createdAt: Date;
  readonly resolvedAt: Date | null;
  readonly payout: ImportPayout;
};

export type ImportReading =
  | { readonly ok: true; readonly row: ImportRow }
  | {
      readonly ok: false;
      readonly problems: readonly ImportProblem[];
      /** For whoever mends the file; null when it has none. */
      readonly externalId: string | null;
    };

const MAX_EXTERNAL_ID_LENGTH = 200;
/** As the database has them. */
const MAX_NAME_LENGTH = 200;
const MAX_EMAIL_LENGTH = 254;
const MAX_TITLE_LENGTH = 255;
const MAX_BODY_LENGTH = 20_000;

const CONTROL_CHARACTER = /\p{Cc}/u;
const EMAIL = /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u;

/** Spaces around a cell are dropped, except in the body and in amounts. */
export function readImportRow(cells: ImportCells, context: ImportContext): ImportReading {
  const problems = new ImportProblems();
  if (Object.values(cells).some((cell) => cell.includes("\0"))) {
    problems.add("nul_character", "the row contains a NUL character");
  }
  const externalId = readExternalId(cells, problems);
  const cycle = readCycle(cells, problems);
  const reporterEmail = readEmail(cells, problems);
  const reporterName = readReporterName(cells, reporterEmail, problems);
  const severity = readSeverity(cells, problems);
  const title = readTitle(cells, problems);
  const body = readBody(cells, problems);
  const status = readStatus(cells, problems);
  const createdAt = readCreatedAt(cells, context, problems);
  const resolvedAt = readResolvedAt(cells, createdAt, context, problems);
  const payout = readPayout(cells, { status, createdAt, reporterEmail }, context, problems);
  if (
    problems.list.length > 0 ||
    externalId === null ||
    cycle === null ||
    reporterEmail === null ||
    reporterName === null ||
    severity === null ||
    title === null ||
    status === null ||
    createdAt === null ||
    payout === null
  ) {
    return { ok: false, problems: problems.list, externalId };
  }
  const text = { externalId, cycle, reporterEmail, reporterName, title, body };
  return { ok: true, row: { ...text, severity, status, createdAt, resolvedAt, payout } };
}

function readExternalId({ external_id }: ImportCells, problems: ImportProblems): string | null {
  const id = external_id.trim();
  if (id === "") return problems.add("external_id_missing", "external_id is missing");
  if (isLonger(id, MAX_EXTERNAL_ID_LENGTH)) {
    const limit = `external_id is longer than ${MAX_EXTERNAL_ID_LENGTH} characters`;
    return problems.add("external_id_too_long", limit);
  }
  if (CONTROL_CHARACTER.test(id)) {
    const what = `external_id ${quoted(id)} contains a line break or another control character`;
    return problems.add("external_id_control_characters", what);
  }
  return id;
}

function readCycle(cells: ImportCells, problems: ImportProblems): string | null {
  const cycle = cells.cycle.trim();
  if (cycle === "") return problems.add("cycle_missing", "cycle is missing");
  if (isLonger(cycle, MAX_NAME_LENGTH)) {
    const limit = `cycle is longer than ${MAX_NAME_LENGTH} characters`;
    return problems.add("cycle_too_long", limit);
  }
  if (CONTROL_CHARACTER.test(cycle)) {
    const what = `cycle ${quoted(cycle)} contains a line break or another control character`;
    return problems.add("cycle_control_characters", what);
  }
  return cycle;
}

function readEmail({ reporter_email }: ImportCells, problems: ImportProblems): string | null {
  const email = reporter_email.trim();
  if (email === "") return problems.add("email_missing", "reporter_email is missing");
  if (!EMAIL.test(email) || isLonger(email, MAX_EMAIL_LENGTH)) {
    const what = `reporter_email ${quoted(email)} is not an e-mail address`;
    return problems.add("email_invalid", what);
  }
  return email;
}

/** Without a name, the part of the address before the @: an admin can mend it later. */
function readReporterName(
  { reporter_name }: ImportCells,
  email: string | null,
  problems: ImportProblems,
): string | null {
  const name = reporter_name.trim();
  if (name === "") return email?.split("@", 1)[0]?.slice(0, MAX_NAME_LENGTH) ?? null;
  if (isLonger(name, MAX_NAME_LENGTH)) {
    const limit = `reporter_name is longer than ${MAX_NAME_LENGTH} characters`;
    return problems.add("reporter_name_too_long", limit);
  }
  if (CONTROL_CHARACTER.test(name)) {
    const what = `reporter_name ${quoted(name)} contains a line break or another control character`;
    return problems.add("reporter_name_control_characters", what);
  }
  return name;
}

function readSeverity(cells: ImportCells, problems: ImportProblems): Severity | null {
  const severity = cells.severity.trim().toLowerCase();
  if (isSeverity(severity)) return severity;
  const known = SEVERITIES.join(", ");
  return problems.add("severity_unknown", `severity ${quoted(cells.severity)} is none of ${known}`);
}

function readTitle(cells: ImportCells, problems: ImportProblems): string | null {
  const title = cells.title.trim();
  if (title === "") return problems.add("title_missing", "title is missing");
  if (isLonger(title, MAX_TITLE_LENGTH)) {
    const limit = `title has ${lengthOf(title)} characters, ${MAX_TITLE_LENGTH} at most`;
    return problems.add("title_too_long", limit);
  }
  if (CONTROL_CHARACTER.test(title)) {
    const what = `title ${quoted(title)} contains a line break or another control character`;
    return problems.add("title_control_characters", what);
  }
  return title;
}

function readBody(cells: ImportCells, problems: ImportProblems): string {
  const body = cells.body.replaceAll("\r\n", "\n");
  if (isLonger(body, MAX_BODY_LENGTH)) {
    const limit = `body has ${lengthOf(body)} characters, ${MAX_BODY_LENGTH} at most`;
    problems.add("body_too_long", limit);
  }
  return body;
}

function readStatus(cells: ImportCells, problems: ImportProblems): ImportStatus | null {
  const status = cells.status.trim().toLowerCase();
  if (status === "draft") {
    return problems.add("status_draft", "status is draft: only what was filed can be imported");
  }
  if (isIssueStatus(status) && status !== "draft") return status;
  const known = ISSUE_STATUSES.filter((one) => one !== "draft").join(", ");
  return problems.add("status_unknown", `status ${quoted(cells.status)} is none of ${known}`);
}

function readCreatedAt(
  cells: ImportCells,
  { now, zone }: ImportContext,
  problems: ImportProblems,
): Date | null {
  const text = cells.created_at.trim();
  if (text === "") return problems.add("created_at_missing", "created_at is missing");
  const createdAt = readImportTime(text, zone);
  if (createdAt === null) {
    const what = `created_at ${quoted(text)} is not a time like 2026-05-10T14:30:00Z`;
    return problems.add("created_at_invalid", what);
  }
  if (createdAt > now) {
    return problems.add("created_at_future", `created_at ${quoted(text)} is in the future`);
  }
  return createdAt;
}

function readResolvedAt(
  cells: ImportCells,
  createdAt: Date | null,
  { now, zone }: ImportContext,
  problems: ImportProblems,
): Date | null {
  const text = cells.resolved_at.trim();
  if (text === "") return null;
  const resolvedAt = readImportTime(text, zone);
  if (resolvedAt === null) {
    const what = `resolved_at ${quoted(text)} is not a time like 2026-05-10T14:30:00Z`;
    return problems.add("resolved_at_invalid", what);
  }
  if (resolvedAt > now) {
    return problems.add("resolved_at_future", `resolved_at ${quoted(text)} is in the future`);
  }
  if (createdAt !== null && resolvedAt < createdAt) {
    const what = `resolved_at ${quoted(text)} is before created_at`;
    return problems.add("resolved_at_before_created_at", what);
  }
  return resolvedAt;
}
