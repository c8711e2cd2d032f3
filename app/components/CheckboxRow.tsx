import type { InputHTMLAttributes, ReactNode } from "react";
import { Kbd, useKeyOf } from "./Kbd";

export type CheckboxRowProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & {
  /** For the scripts of a page. */
  [data: `data-${string}`]: string | number | undefined;
  label: ReactNode;
  hint?: ReactNode;
  /** For the accessible name only: in a table the row itself says what the box is for. */
  labelHidden?: boolean;
  type?: "checkbox" | "radio";
  kbd?: string;
};

/** A checkbox or radio button whose whole line is the target. */
export function CheckboxRow({
  label,
  hint,
  labelHidden,
  type = "checkbox",
  kbd,
  ...input
}: CheckboxRowProps) {
  return (
    <label className={labelHidden ? "choice choice-bare" : "choice"}>
      <input {...input} {...useKeyOf(kbd)} type={type} />
      <span className={labelHidden ? "sr-only" : undefined}>
        {label}
        {kbd ? (
          <>
            {" "}
            <Kbd>{kbd}</Kbd>
          </>
        ) : null}
        {hint ? <span className="hint">{hint}</span> : null}
      </span>
    </label>
  );
}
