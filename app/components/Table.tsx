import type { ReactNode } from "react";
import { PageLink } from "./PageLink";

/**
 * What becomes of a cell when the row is a card, on a phone, from top to bottom:
 * 1. check: a checkbox before the title; title: the card's heading, and the row's header everywhere
 * 2. side by side, tag: a badge; inline: small print
 * 3. side by side, fact: short, with its label ("Issues 18"); line: a sentence; figure: to the right
 * 4. pair: a line of its own, label … value
 * 5. action: buttons
 * hidden: left out, because another cell says it too.
 */
type Phone =
  "check" | "title" | "tag" | "inline" | "fact" | "line" | "figure" | "pair" | "action" | "hidden";

export type Head = {
  label: string;
  /** For people who hear the table only. */
  labelHidden?: boolean;
  /** Figures: to the right, one below the other. */
  numeric?: boolean;
  phone?: Phone;
  /** The list can be sorted by it: where the link leads, and which way it is sorted by it now. */
  sort?: { to: string; hint: string; now: "ascending" | "descending" | null };
};

export type Column<RowData> = Head & { cell: (row: RowData) => ReactNode };

export type TableProps<RowData> = {
  /** What the table lists; heard, not seen, unless `captionShown`. */
  caption: string;
  captionShown?: boolean;
  columns: readonly Column<RowData>[];
  rows: readonly RowData[];
  rowKey: (row: RowData) => string | number;
  isCurrent?: (row: RowData) => boolean;
};

export function Table<RowData>({
  columns,
  rows,
  rowKey,
  isCurrent,
  ...frame
}: TableProps<RowData>) {
  return (
    <TableFrame {...frame} columns={columns}>
      {rows.map((row) => (
        <Row key={rowKey(row)} current={isCurrent?.(row)}>
          {columns.map((column) => (
            <Cell key={column.label} of={column}>
              {column.cell(row)}
            </Cell>
          ))}
        </Row>
      ))}
    </TableFrame>
  );
}

type TableFrameProps = {
  caption: string;
  captionShown?: boolean;
  columns: readonly Head[];
  children: ReactNode;
};

// The roles repeat what the elements mean, because browsers forget it when CSS makes cards of them.

/** For rows that need more than a function per cell: put Row and Cell inside. */
export function TableFrame({ caption, captionShown, columns, children }: TableFrameProps) {
  return (
    <table role="table" className="data">
      <caption className={captionShown ? undefined : "sr-only"}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ label, labelHidden, numeric, sort }) => (
            <th
              key={label}
              scope="col"
              role="columnheader"
              className={numeric ? "num" : undefined}
              aria-sort={sort?.now ?? undefined}
            >
              {sort ? <SortLink label={label} sort={sort} /> : null}
              {sort ? null : labelHidden ? <span className="sr-only">{label}</span> : label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  );
}

function SortLink({ label, sort }: { label: string; sort: NonNullable<Head["sort"]> }) {
  const arrow = sort.now === null ? null : sort.now === "ascending" ? " ↑" : " ↓";
  return (
    <PageLink to={sort.to} title={sort.hint}>
      {label}
      {arrow ? <span aria-hidden="true">{arrow}</span> : null}
    </PageLink>
  );
}

export function Row({ current, children }: { current?: boolean; children: ReactNode }) {
  return (
    <tr role="row" aria-current={current || undefined}>
      {children}
    </tr>
  );
}

type CellProps = { of: Head; children?: ReactNode; colSpan?: number };

export function Cell({ of: { phone = "pair", numeric, label }, children, colSpan }: CellProps) {
  const className = numeric ? `num as-${phone}` : `as-${phone}`;
  if (phone === "title") {
    return (
      <th scope="row" role="rowheader" className={className} colSpan={colSpan}>
        {children}
      </th>
    );
  }
  return (
    <td
      role="cell"
      className={className}
      colSpan={colSpan}
      data-label={phone === "pair" || phone === "fact" ? label : undefined}
    >
      {children}
    </td>
  );
}
