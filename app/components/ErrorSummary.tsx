import { type MouseEvent, useEffect, useRef } from "react";
import { useT } from "~/i18n/context";
import type { T } from "~/i18n/translator";

type ErrorSummaryProps = {
  /** By field name; `form` is for what belongs to no single field. Nothing to say shows nothing. */
  errors: Readonly<Record<string, string | undefined>> | null | undefined;
  /** What the fields are called: "Fill this in" alone does not say which. */
  labels?: Readonly<Record<string, string>>;
  title?: string;
  /** As given to the fields, when the page has more than one form. */
  idPrefix?: string;
};

/**
 * Every mistake of a form, each a link to its field. `autofocus` brings the reader here without
 * scripts; an answer that arrived by script needs the effect.
 */
export function ErrorSummary({ errors, labels = {}, title, idPrefix }: ErrorSummaryProps) {
  const t = useT();
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => summary.current?.focus(), [errors]);
  const mistakes = Object.entries(errors ?? {}).flatMap(([name, message]) =>
    message ? [{ name, text: withLabel(labels[name], message, t) }] : [],
  );
  if (mistakes.length === 0) return null;
  return (
    <div ref={summary} className="error-summary" role="alert" tabIndex={-1} autoFocus>
      <h2>{title ?? t("app.errorSummary")}</h2>
      <ul>
        {mistakes.map(({ name, text }) => (
          <li key={name}>
            {name === "form" ? text : <FieldLink id={fieldId(name, idPrefix)}>{text}</FieldLink>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** To the browser a link within the page; to scripts it would be a navigation, which forgets the answer it stands in. */
function FieldLink({ id, children }: { id: string; children: string }) {
  const onClick = (event: MouseEvent) => {
    const field = document.getElementById(id);
    if (!field) return;
    event.preventDefault();
    field.focus();
  };
  return (
    <a href={`#${id}`} onClick={onClick}>
      {children}
    </a>
  );
}

function withLabel(field: string | undefined, message: string, t: T): string {
  return field ? t("app.fieldError", { field, message }) : message;
}

/** Also the id of a group's first radio button, where its link should lead. */
export function fieldId(name: string, prefix = "field"): string {
  return `${prefix}-${name}`;
}
