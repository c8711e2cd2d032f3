import type { IssueStatus } from "./issue-status";

/** What a row of an import file is judged by, beside itself. */
export type ImportContext = {
  readonly now: Date;
  /** The team's time zone: dates and times that name none are meant there. */
  readonly zone: string;
  /** Of the admin who imports, who can neither approve nor pay own issues; null for "import". */
  readonly actorEmail: string | null;
};

/** Only what was filed can be imported. */
export type ImportStatus = Exclude<IssueStatus, "draft">;
