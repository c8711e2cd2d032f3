import { countBySeverity, type SeverityFacts, total } from "~/domain/cycle-facts";
import { markdownText } from "~/domain/model-text";
import { SEVERITIES } from "~/domain/severity";
import type { Remark } from "~/domain/suggestion";
import { formatDateTime, formatNumber } from "~/i18n/format";
import type { T } from "~/i18n/translator";
import type { CycleView, KeptSummary } from "~/models/cycle-suggestion.server";

type Draft = { cycle: string; view: CycleView; at: Date; zone: string; t: T };

/**
 * The closing report to begin with, as Markdown: figures as SQL counts them, and between them the words of the summary, in
 * which nothing is Markdown. An admin changes and keeps it.
 */
export function reportDraft({ cycle, view, at, zone, t }: Draft): string {
  const when = formatDateTime(at, t.locale, zone);
  const { summary } = view;
  return [
    `# ${t("suggestions.report.heading", { cycle: markdownText(cycle) })}`,
    t("suggestions.report.asOf", { when }),
    ...(summary ? [markdownText(summary.overview)] : []),
    `## ${t("suggestions.cycle.figures")}`,
    figures(view, t),
    ...(summary ? words(summary, t) : []),
  ].join("\n\n");
}

const COUNTS = ["filed", "accepted", "rejected", "undecided", "unfixed"] as const;

function figures({ facts }: CycleView, t: T): string {
  const cells = (row: Pick<SeverityFacts, (typeof COUNTS)[number]>) =>
    COUNTS.map((count) => formatNumber(row[count], t.locale));
  const all = Object.fromEntries(COUNTS.map((count) => [count, total(facts, count)]));
  return table(
    [t("suggestions.severity"), ...COUNTS.map((count) => t(`suggestions.cycle.${count}`))],
    [
      ...facts.bySeverity.map((row) => [t(`words.severity.${row.severity}`), ...cells(row)]),
      [t("suggestions.cycle.all"), ...cells(all as Record<(typeof COUNTS)[number], number>)],
    ],
  );
}

function words(summary: KeptSummary, t: T): string[] {
  const { standsOut, staysOpen, advice } = summary;
  const section = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? [`## ${title}`, lines.map((line) => `- ${line}`).join("\n")] : [];
  return [
    ...areas(summary, t),
    ...section(t("suggestions.cycle.standsOut"), standsOut.map(remark)),
    ...section(t("suggestions.cycle.staysOpen"), staysOpen.map(remark)),
    ...section(t("suggestions.cycle.advice"), advice.map(markdownText)),
  ];
}

function areas({ areas, facts }: KeptSummary, t: T): string[] {
  if (areas.length === 0) return [];
  const head = [
    t("suggestions.cycle.area"),
    ...SEVERITIES.map((severity) => t(`words.severity.${severity}`)),
    t("suggestions.cycle.all"),
  ];
  const rows = areas.map(({ name, issueIds }) => {
    const counts = countBySeverity(facts, issueIds);
    const of = SEVERITIES.map(
      (one) => counts.find(({ severity }) => severity === one)?.issues ?? 0,
    );
    const numbers = [...of, issueIds.length].map((count) => formatNumber(count, t.locale));
    return [markdownText(name), ...numbers];
  });
  const read = t("suggestions.cycle.read", { count: facts.issues.length });
  return [`## ${t("suggestions.cycle.areas")}`, read, table(head, rows)];
}

function remark({ text, issueIds }: Remark): string {
  const issues = issueIds.map((id) => `#${id}`).join(", ");
  return issues ? `${markdownText(text)} (${issues})` : markdownText(text);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, at) => (at === 0 ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
