import { Button } from "~/components/Button";
import { TextArea } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import type { NegativeClosing } from "~/domain/issue-status";
import type { NoteTemplateAnswer } from "~/http/note-template-post.server";
import { readyNotesPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import { readyNoteText } from "~/i18n/ready-note";
import type { NoteTemplate } from "~/models/note-template.server";

type Answered = { answer: NoteTemplateAnswer | undefined };

/** One ready-made note, to be rewritten, moved up or removed. */
export function NoteEditor({
  template,
  position,
  answer,
}: Answered & { template: NoteTemplate; position: number }) {
  const t = useT();
  const own = answer?.values.id === String(template.id) ? answer : undefined;
  const label = t("triage.notes.of", {
    position: String(position),
    reason: t(`words.reason.${template.reason}`),
  });
  return (
    <PostForm action={readyNotesPath()} className="grid gap-2">
      <input type="hidden" name="id" value={template.id} />
      <TextArea
        name="text"
        idPrefix={`note-${template.id}`}
        label={label}
        hint={template.builtin ? t("triage.notes.builtin") : undefined}
        rows={2}
        defaultValue={own?.values.text ?? readyNoteText(template, t)}
        error={own?.errors.text}
      />
      <div className="row">
        <Button name="intent" value="rewrite">
          {t("app.save")}
        </Button>
        {position > 1 ? (
          <Button name="intent" value="raise">
            {t("triage.notes.raise")}
          </Button>
        ) : null}
        <Button tone="danger" name="intent" value="remove">
          {t("triage.notes.remove")}
        </Button>
      </div>
    </PostForm>
  );
}

export function NewNote({ reason, answer }: Answered & { reason: NegativeClosing }) {
  const t = useT();
  const own = answer && !answer.values.id && answer.values.reason === reason ? answer : undefined;
  return (
    <PostForm action={readyNotesPath()} className="grid gap-2">
      <input type="hidden" name="reason" value={reason} />
      <TextArea
        name="text"
        idPrefix={`new-${reason}`}
        label={t("triage.notes.new", { reason: t(`words.reason.${reason}`) })}
        rows={2}
        defaultValue={own?.values.text}
        error={own?.errors.text}
      />
      <div>
        <Button name="intent" value="add">
          {t("triage.notes.add")}
        </Button>
      </div>
    </PostForm>
  );
}
