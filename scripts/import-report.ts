import { MultiBar, Presets, type SingleBar } from "cli-progress";
import type { ImportFinding, ImportSummary } from "~/models/issue-import.server";

/** One line for one row, the line number first, so that an editor can jump there. */
export function findingText(finding: ImportFinding): string {
  const name = finding.externalId === null ? "" : ` (${finding.externalId})`;
  return `line ${finding.line}${name}: ${whatOf(finding)}`;
}

function whatOf(finding: ImportFinding): string {
  switch (finding.kind) {
    case "bad":
      return finding.problems.map(({ code, message }) => `${message} [${code}]`).join("; ");
    case "differs": {
      const fields = finding.differences.map(
        ({ field, imported, file }) => `${field} was ${imported}, the file now has ${file}`,
      );
      return `differs from what was imported, nothing changed: ${fields.join("; ")} [differs]`;
    }
    case "repeated":
      return `the same row as line ${finding.firstLine}, left out [duplicate_row]`;
  }
}

export function summaryText(
  summary: ImportSummary,
  { dryRun, seconds }: { readonly dryRun: boolean; readonly seconds: number },
): string {
  const perSecond = Math.round(summary.read / Math.max(seconds, 0.001));
  const lines: [string, number][] = [
    ["rows read", summary.read],
    [dryRun ? "would be imported" : "imported", summary.imported],
    ["already there", summary.alreadyThere],
    ["differ from what was imported", summary.differing],
    ["repeated in the file", summary.repeated],
    ["bad", summary.bad],
    [dryRun ? "cycles that would be created" : "cycles created", summary.cyclesCreated],
    [dryRun ? "testers who would be created" : "testers created", summary.testersCreated],
    [
      `payments${dryRun ? " that would be written" : ""}, in ${number(summary.batches)} batches`,
      summary.payments,
    ],
  ];
  return [
    ...(dryRun ? ["Dry run: nothing was changed."] : []),
    ...lines.map(([what, count]) => `${number(count).padStart(11)}  ${what}`),
    `${seconds.toFixed(1).padStart(11)}  seconds (${number(perSecond)} rows a second)`,
  ].join("\n");
}

function number(count: number): string {
  return count.toLocaleString("en");
}

/** Between two lines of progress where no bar can be drawn, in a log file for one. */
const PLAIN_INTERVAL_MS = 2_000;

/** A bar on a terminal, now and then a line elsewhere. */
export class ImportProgress {
  readonly #size: number;
  readonly #out: NodeJS.WriteStream;
  readonly #bars: MultiBar | null;
  readonly #bar: SingleBar | null;
  #saidAt = Date.now();

  constructor(size: number, out: NodeJS.WriteStream) {
    this.#size = Math.max(size, 1);
    this.#out = out;
    const format = "{bar} {percentage}%  {rows} rows  {eta_formatted} left";
    const options = { format, stream: out, hideCursor: true, clearOnComplete: true };
    this.#bars = out.isTTY ? new MultiBar(options, Presets.shades_classic) : null;
    this.#bar = this.#bars?.create(this.#size, 0, { rows: "0" }) ?? null;
  }

  show(bytes: number, rows: number): void {
    this.#bar?.update(bytes, { rows: number(rows) });
    const isDue = Date.now() - this.#saidAt >= PLAIN_INTERVAL_MS && bytes < this.#size;
    if (this.#bar !== null || !isDue) return;
    this.#saidAt = Date.now();
    this.#out.write(`${number(rows)} rows, ${Math.floor((bytes / this.#size) * 100)} %\n`);
  }

  /** Above the bar, which would otherwise overwrite it. */
  print(line: string): void {
    if (this.#bars === null) this.#out.write(`${line}\n`);
    else this.#bars.log(`${line}\n`);
  }

  stop(): void {
    this.#bars?.stop();
  }
}
