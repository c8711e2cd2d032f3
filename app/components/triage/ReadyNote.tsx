import { type ChangeEvent } from "react";
import { fieldId } from "~/components/ErrorSummary";
import { PageLink } from "~/components/PageLink";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { readyNotesPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { Locale } from "~/i18n/locale";
import type { TriagePage } from "~/models/triage-page.server";

export type ReadyNoteProps = {
  templates: TriagePage["templates"];
  /** The tester's language: the tester reads what is chosen here. */
  locale: Locale;
  /** With scripts only those of the chosen reason are offered. */
  reason: string | undefined;
  defaultValue: string | undefined;
  error: string | undefined;
};

/**
 * The team's ready-made notes. What is chosen here goes before what is typed; with scripts it is copied into the box
 * instead, where it can still be changed.
 */
export function ReadyNote({ templates, locale, reason, defaultValue, error }: ReadyNoteProps) {
  const t = useT();
  const id = fieldId("readyNote", "reject");
  const offered = NEGATIVE_CLOSINGS.filter((each) => !reason || each === reason).map((each) => ({
    reason: each,
    notes: templates.filter((template) => template.reason === each),
  }));
  return (
    <div className={error ? "field field-bad" : "field"}>
      <label className="label" htmlFor={id}>
        {t("triage.note.ready")}
        <span className="hint">{` (${t("app.optional")})`}</span>
      </label>
      <div className="hint" id={`${id}-hint`}>
        {t("triage.note.ready.hint")}{" "}
        <PageLink to={readyNotesPath()}>{t("triage.note.edit")}</PageLink>
      </div>
      {error ? (
        <div className="field-error" id={`${id}-error`}>
          {error}
        </div>
      ) : null}
      <select
        id={id}
        name="readyNote"
        className="input"
        defaultValue={defaultValue ?? ""}
        onChange={copyToNote}
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
        aria-invalid={error ? true : undefined}
        lang={locale === t.locale ? undefined : locale}
      >
        <option value="" lang={t.locale}>
          {t("triage.note.ready.none")}
        </option>
        {offered.map(({ reason: each, notes }) =>
          notes.length === 0 ? null : (
            <optgroup key={each} lang={t.locale} label={t(`words.reason.${each}`)}>
              {notes.map((note) => (
                <option key={note.id} value={note.id}>
                  {note.texts[locale]}
                </option>
              ))}
            </optgroup>
          ),
        )}
      </select>
    </div>
  );
}

/** Into the note's box, before what stands there; the choice is then empty again, so that it does not count twice. */
function copyToNote({ currentTarget: choice }: ChangeEvent<HTMLSelectElement>): void {
  const box = choice.form?.elements.namedItem("note");
  const text = choice.selectedOptions[0]?.text;
  if (!choice.value || !text || !(box instanceof HTMLTextAreaElement)) return;
  box.value = [text, box.value.trim()].filter(Boolean).join("\n");
  choice.value = "";
  box.focus();
}
