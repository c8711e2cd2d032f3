import { type MouseEvent, useEffect, useRef } from "react";
import { Button } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Select } from "~/components/Field";
import { PageLink } from "~/components/PageLink";
import { PostForm } from "~/components/PostForm";
import { userPath } from "~/http/paths";
import type { RefusedPerson } from "~/http/person-answer";
import { useT } from "~/i18n/context";
import type { UserProfile } from "~/models/user-profile.server";

type Props = { person: UserProfile; isOpen: boolean; refused: RefusedPerson | undefined };

/**
 * A link to the page with this form open. With scripts the same link opens the same form as a dialog over the page; Escape
 * and the button close it, and the focus returns to the link.
 */
export function AddToCycle({ person, isOpen, refused }: Props) {
  const t = useT();
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = isOpen || refused !== undefined;
  // What the server opened is part of the page; a dialog that a script opened is over it until it is done.
  useEffect(() => {
    if (!shown) dialog.current?.close();
  }, [shown, person.cycles.length]);
  if (person.otherCycles.length === 0)
    return <span className="meta">{t("people.cycles.all")}</span>;
  const open = (event: MouseEvent) => {
    if (!dialog.current || shown || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    dialog.current.showModal();
  };
  return (
    <>
      <PageLink
        className={shown ? "sr-only" : "btn"}
        to={`${userPath(person.id, { add: "cycle" })}#add-to-cycle`}
        onClick={open}
      >
        {t("people.cycles.add")}
      </PageLink>
      <dialog
        ref={dialog}
        open={shown}
        id="add-to-cycle"
        className="add-dialog"
        aria-label={t("people.cycles.add")}
      >
        <Fields person={person} refused={refused} close={() => dialog.current?.close()} />
      </dialog>
    </>
  );
}

type FieldsProps = Omit<Props, "isOpen"> & { close: () => void };

function Fields({ person, refused, close }: FieldsProps) {
  const t = useT();
  const options = person.otherCycles.map(({ id, name }) => ({ value: String(id), label: name }));
  const cancel = (event: MouseEvent<HTMLAnchorElement>) => {
    if (!event.currentTarget.closest("dialog")?.matches(":modal")) return;
    event.preventDefault();
    close();
  };
  return (
    <PostForm action={userPath(person.id)} className="stack">
      <ErrorSummary errors={refused?.errors} idPrefix="add" />
      <Select
        name="cycle"
        label={t("people.cycles.choose")}
        options={options}
        defaultValue={refused?.values.cycle}
        error={refused?.errors.cycle}
        idPrefix="add"
      />
      <div className="row">
        <Button tone="primary" name="intent" value="addToCycle">
          {t("people.cycles.submit")}
        </Button>
        <PageLink className="btn" to={userPath(person.id)} onClick={cancel}>
          {t("people.cycles.cancel")}
        </PageLink>
      </div>
    </PostForm>
  );
}
