import { ISSUE_STATUSES } from "~/domain/issue-status";
import { SEVERITIES } from "~/domain/severity";
import { USER_ROLES } from "~/filters/user-filter";
import { CYCLE_STATUSES } from "~/forms/cycle-form";
import { storedWord } from "~/i18n/stored-word";
import type { T } from "~/i18n/translator";

// What the audit and a kept form hold as text, in the reader's words; as it is where it has none.

export const severityWord = (stored: string, t: T) =>
  storedWord(stored, SEVERITIES, (one) => t(`words.severity.${one}`));

export const statusWord = (stored: string, t: T) =>
  storedWord(stored, ISSUE_STATUSES, (one) => t(`words.status.${one}`));

export const cycleStatusWord = (stored: string, t: T) =>
  storedWord(stored, CYCLE_STATUSES, (one) => t(`words.cycle.${one}`));

export const roleWord = (stored: string, t: T) =>
  storedWord(stored, USER_ROLES, (one) => t(`people.role.${one}`));
