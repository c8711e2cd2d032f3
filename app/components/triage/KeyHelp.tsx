import { type MouseEvent, useEffect, useRef } from "react";
import { Button } from "~/components/Button";
import { useHotkeysOn, useKeyOf } from "~/components/Kbd";
import { PageLink } from "~/components/PageLink";
import { PostForm } from "~/components/PostForm";
import type { Key } from "~/i18n/catalogue";
import { useT } from "~/i18n/context";

const KEYS = [
  ["j", "triage.keys.next"],
  ["k", "triage.keys.previous"],
  ["e", "triage.keys.approve"],
  ["r", "triage.keys.reject"],
  ["1 – 4", "triage.keys.reasons"],
  ["o", "triage.keys.open"],
  ["x", "triage.keys.select"],
  ["z", "triage.keys.undo"],
  ["/", "triage.keys.filter"],
  ["?", "triage.keys.help"],
  ["Esc", "triage.keys.escape"],
] as const satisfies readonly (readonly [string, Key])[];

type Props = {
  /** By the URL: without scripts the list stands in the page. */
  isOpen: boolean;
  /** This page with the list in it. */
  href: string;
  /** Where the switch is sent. */
  action: string;
};

/** The keys, and their off switch (WCAG 2.1.4). With scripts a dialog: the browser gives the focus back after it. */
export function KeyHelp({ isOpen, href, action }: Props) {
  const t = useT();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    dialog.current?.close();
    dialog.current?.showModal();
  }, [isOpen]);
  const show = (event: MouseEvent) => {
    event.preventDefault();
    dialog.current?.showModal();
  };
  return (
    <>
      <PageLink to={href} onClick={show} className="chip" {...useKeyOf("?")}>
        {t("triage.keys.link")} {useHotkeysOn() ? <kbd aria-hidden="true">?</kbd> : null}
      </PageLink>
      <dialog ref={dialog} open={isOpen} aria-labelledby="keys-title" className="keys card">
        <h2 id="keys-title">{t("triage.keys.title")}</h2>
        <dl>
          {KEYS.map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(meaning)}</dd>
            </div>
          ))}
        </dl>
        <p className="hint">{t("triage.keys.note")}</p>
        <div className="row">
          <form method="dialog">
            <Button tone="primary">{t("triage.keys.close")}</Button>
          </form>
          <Switch action={action} />
        </div>
      </dialog>
    </>
  );
}

function Switch({ action }: { action: string }) {
  const t = useT();
  const isOn = useHotkeysOn();
  return (
    <>
      {isOn ? null : <p>{t("triage.keys.areOff")}</p>}
      {/* As a page: the keys are listened for, or not, from the beginning. */}
      <PostForm action={action} reloadDocument>
        <Button name="intent" value={isOn ? "keysOff" : "keysOn"}>
          {t(isOn ? "triage.keys.off" : "triage.keys.on")}
        </Button>
      </PostForm>
    </>
  );
}
