/** The rules of suggestions and of the reports of cycles (docs/decisions/020), for guard-names.ts. */
export const SUGGESTION_CONSTRAINTS: readonly string[] = [
  "suggestion_jobs.suggestion_jobs_asked_by_fkey",
  "suggestion_jobs.suggestion_jobs_cycle_id_fkey",
  "suggestion_jobs.suggestion_jobs_failed_why",
  "suggestion_jobs.suggestion_jobs_finished_when",
  "suggestion_jobs.suggestion_jobs_hash_shape",
  "suggestion_jobs.suggestion_jobs_issue_id_fkey",
  "suggestion_jobs.suggestion_jobs_leased_while_working",
  "suggestion_jobs.suggestion_jobs_round",
  "suggestion_jobs.suggestion_jobs_subject",
  "suggestion_calls.suggestion_calls_job_id_fkey",
  "suggestion_calls.suggestion_calls_model_present",
  "suggestion_calls.suggestion_calls_reserved",
  "suggestion_answers.suggestion_answers_answered",
  "suggestion_answers.suggestion_answers_call_fkey",
  "suggestion_answers.suggestion_answers_tokens",
  "cycle_reports.cycle_reports_body_present",
  "cycle_reports.cycle_reports_cycle_id_fkey",
  "cycle_reports.cycle_reports_kept_by_fkey",
  "cycle_reports.cycle_reports_version_positive",
];

export const SUGGESTION_TRIGGERS: readonly string[] = [
  "suggestion_jobs.suggestion_jobs_by_admin",
  "suggestion_jobs.suggestion_jobs_legal_change",
  "suggestion_jobs.suggestion_jobs_never_deleted",
  "suggestion_calls.suggestion_calls_append_only",
  "suggestion_answers.suggestion_answers_append_only",
  "cycle_reports.cycle_reports_append_only",
  "cycle_reports.cycle_reports_by_admin",
];

export const SUGGESTION_UNIQUE_INDEXES: readonly string[] = [
  "suggestion_jobs.suggestion_jobs_cycle_once",
  "suggestion_jobs.suggestion_jobs_cycle_under_way",
  "suggestion_jobs.suggestion_jobs_issue_once",
  "suggestion_jobs.suggestion_jobs_issue_under_way",
  "suggestion_calls.suggestion_calls_job_key",
  "suggestion_answers.suggestion_answers_call_key",
  "suggestion_answers.suggestion_answers_once",
  "suggestion_answers.suggestion_answers_pkey",
  "cycle_reports.cycle_reports_key",
  "cycle_reports.cycle_reports_version_key",
];
