/** Most severe first: the order of the Triage inbox, of the rates form and of every filter. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

export function isSeverity(x: unknown): x is Severity {
  return (SEVERITIES as readonly unknown[]).includes(x);
}

/** Comparator for `sort`: the most severe comes first (DESIGN 4, Triage). */
export function bySeverityDescending(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}
