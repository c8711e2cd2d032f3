/** One row of the table: a figure of DESIGN 11, or of an issue. */
export type BenchRow = {
  readonly what: string;
  /** With its unit, as it is printed. */
  readonly figure: string;
  /** The other side of a ratio, or how it was measured; "" for what speaks for itself. */
  readonly comparedWith: string;
  /** What it must reach, as it is printed. */
  readonly reach: string;
  readonly holds: boolean;
};

type Goal = { readonly atMost: number } | { readonly atLeast: number };

export type Measured = Goal & {
  readonly what: string;
  readonly value: number;
  /** "ms", "×", "MB" …; "" for a count. */
  readonly unit: string;
  readonly comparedWith?: string;
};

/** A row of a measured number. What could not be measured (NaN) does not hold. */
export function row(measured: Measured): BenchRow {
  const { what, value, unit, comparedWith = "" } = measured;
  const [sign, goal, holds] =
    "atMost" in measured
      ? ["≤", measured.atMost, value <= measured.atMost]
      : ["≥", measured.atLeast, value >= measured.atLeast];
  const figure = withUnit(rounded(value), unit);
  return { what, figure, comparedWith, reach: `${sign} ${withUnit(String(goal), unit)}`, holds };
}

/** The row of a benchmark that threw: nothing is known, so nothing holds. */
export function broken(name: string, error: unknown): BenchRow {
  const figure = String(error).slice(0, 80);
  return { what: `${name}: it broke off`, figure, comparedWith: "", reach: "", holds: false };
}

const withUnit = (figure: string, unit: string) => `${figure} ${unit}`.trim();

/** Three digits that count: 12,941 and 0.52, but not 17.4213. */
function rounded(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return new Intl.NumberFormat("en", { maximumFractionDigits: digits }).format(value);
}

const COLUMNS = ["what", "figure", "comparedWith", "reach"] as const;
const HEADS = ["what", "figure", "compared with", "must be"];

/** The table that ends a run. */
export function table(rows: readonly BenchRow[]): string {
  const lines = rows.map((one) => [
    ...COLUMNS.map((column) => one[column]),
    one.holds ? "holds" : "FAILS",
  ]);
  const all = [[...HEADS, ""], ...lines];
  const widths = HEADS.map((_, n) => Math.max(...all.map((cells) => cells[n]?.length ?? 0)));
  const text = all.map((cells) =>
    cells.map((cell, n) => (n < HEADS.length ? cell.padEnd(widths[n] ?? 0) : cell)).join("  "),
  );
  return text.map((line) => line.trimEnd()).join("\n");
}
