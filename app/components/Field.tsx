import type { ComponentPropsWithoutRef, ReactNode } from "react";
import { useT } from "~/i18n/context";
import { CheckboxRow } from "./CheckboxRow";
import { fieldId } from "./ErrorSummary";

type FieldCommon = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** What the page offers, or, after a refusal, what was typed. */
  defaultValue?: string | undefined;
  /** Says so beside the label. A field is required unless it says so. */
  optional?: boolean;
  /** For the accessible name only, where a table's heading says the same. */
  labelHidden?: boolean;
  /** Tells the fields of several forms on one page apart; ErrorSummary takes the same. */
  idPrefix?: string;
};

type Control<Tag extends "input" | "textarea" | "select"> = Omit<
  ComponentPropsWithoutRef<Tag>,
  keyof FieldCommon | "id" | "children" | "prefix" | "className"
>;

/** `prefix`: what stands before the box, such as a currency's sign. */
export type FieldProps = FieldCommon & Control<"input"> & { prefix?: string };
export type TextAreaProps = FieldCommon & Control<"textarea">;
export type SelectProps = FieldCommon & Control<"select"> & { options: readonly Option[] };
export type RadioGroupProps = FieldCommon & { options: readonly Option[] };

export type Option = {
  value: string;
  label: string;
  hint?: ReactNode;
  /** The key that picks it; of radio buttons only. */
  kbd?: string;
};

export function Field({ prefix, ...props }: FieldProps) {
  const { frame, control } = split(props);
  return (
    <Frame {...frame}>
      {prefix ? <span className="prefix">{prefix}</span> : null}
      <input type="text" {...control} />
    </Frame>
  );
}

export function TextArea(props: TextAreaProps) {
  const { frame, control } = split(props);
  return (
    <Frame {...frame}>
      <textarea rows={5} {...control} />
    </Frame>
  );
}

export function Select({ options, ...props }: SelectProps) {
  const { frame, control } = split(props);
  return (
    <Frame {...frame}>
      <select {...control}>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

export function RadioGroup({ options, defaultValue, ...props }: RadioGroupProps) {
  const { id, ...frame } = split(props).frame;
  return (
    <Frame {...frame} id={id} group>
      {options.map(({ value, label, hint, kbd }, index) => (
        <CheckboxRow
          key={value}
          type="radio"
          // The error summary leads to the group by its first button.
          id={index === 0 ? id : `${id}-${value}`}
          name={props.name}
          value={value}
          label={label}
          hint={hint}
          kbd={kbd}
          defaultChecked={value === defaultValue}
        />
      ))}
    </Frame>
  );
}

type FrameProps = Omit<FieldCommon, "name" | "defaultValue" | "idPrefix"> & {
  id: string;
  /** Several controls under one legend. */
  group?: boolean;
  children: ReactNode;
};

/** Label, hint and error around a control, tied to it for people who hear the page. */
function Frame({ id, label, hint, error, optional, labelHidden, group, children }: FrameProps) {
  const t = useT();
  const Box = group ? "fieldset" : "div";
  const Label = group ? "legend" : "label";
  return (
    <Box
      className={error ? "field field-bad" : "field"}
      aria-describedby={group ? describedBy(id, hint, error) : undefined}
    >
      <Label htmlFor={group ? undefined : id} className={labelHidden ? "sr-only" : "label"}>
        {label}
        {optional ? <span className="hint">{` (${t("app.optional")})`}</span> : null}
      </Label>
      {hint ? (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
      {error ? (
        <div className="field-error" id={`${id}-error`}>
          {error}
        </div>
      ) : null}
      {children}
    </Box>
  );
}

function split<Props extends FieldCommon>(props: Props) {
  const { label, hint, error, optional, labelHidden, idPrefix, ...rest } = props;
  const id = fieldId(props.name, idPrefix);
  return {
    frame: { id, label, hint, error, optional, labelHidden },
    control: {
      ...rest,
      id,
      className: "input",
      "aria-describedby": describedBy(id, hint, error),
      "aria-invalid": error ? true : undefined,
    },
  };
}

function describedBy(id: string, hint: ReactNode, error: string | undefined): string | undefined {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
}
